use domain::issue::{Command, Issue, RoutingOutcome};
use domain::permission::Act;
use domain::{Actor, IssueId, Text, UnitCode};
use jiff::civil::Date;

use crate::{App, Caller, CommandOutcome, Error};

impl App {
    /// 转办: to a unit of the county, whose account receives it and replies, or to an authority that goes by its name alone.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn route_out_issue(
        &self,
        issue: IssueId,
        to: Text<80>,
        receiver: Option<UnitCode>,
        reason: Text<500>,
        due: Option<Date>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        let command = Command::RouteOut { to, receiver, reason, due };
        self.change_issue(Act::TriageIssue, issue, command, caller).await
    }

    /// 转办签收.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn receive_routing(
        &self,
        issue: IssueId,
        on: Option<Date>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.answer_routing(issue, Command::ReceiveRouting { on }, caller).await
    }

    /// 转办回复.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn reply_routing(
        &self,
        issue: IssueId,
        outcome: RoutingOutcome,
        reply: Text<1000>,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        self.answer_routing(issue, Command::ReplyRouting { outcome, reply }, caller).await
    }

    /// From the account of the unit that it was passed on to; where that is no unit of the county, from the station's, which
    /// writes down what came on paper.
    async fn answer_routing(
        &self,
        issue: IssueId,
        command: Command,
        caller: &Caller,
    ) -> Result<CommandOutcome, Error> {
        if let Some(receiver) = self.receiver_of(issue).await? {
            self.permit(&caller.actor, Act::ReplyRouting, Some(&receiver), None)?;
        } else {
            self.permit_issue(Act::ReplyRouting, issue, caller).await?;
        }
        self.execute::<Issue>(&issue.to_string(), command, caller).await
    }

    /// Whether an issue was passed on to the account's unit, or one below it, and the account may do this there.
    pub(crate) async fn is_receiver(
        &self,
        actor: &Actor,
        act: Act,
        issue: IssueId,
    ) -> Result<bool, Error> {
        let receiver = self.receiver_of(issue).await?;
        Ok(receiver.is_some_and(|unit| self.permit(actor, act, Some(&unit), None).is_ok()))
    }

    async fn receiver_of(&self, issue: IssueId) -> Result<Option<UnitCode>, Error> {
        let receiver = |known: &Issue| known.receiver().cloned();
        self.read_state::<Issue, _>(&issue.to_string(), receiver).await
    }
}
