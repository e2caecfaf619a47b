use domain::{PersonId, Points, county_date, points};
use jiff::civil::Date;

use super::PointsBank;
use super::{Account, AccountId, Entry, EntryKind, NEVER, lots};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for PointsBank {
    reads! { Rows<'_>: points }

    fn points(fact: &Fact, volunteer: &PersonId, event: &points::Event, rows: &mut Rows<'_>) {
        on_points(rows, fact, *volunteer, event);
    }
}

/// What is special about an entry.
#[derive(Default)]
struct Source {
    record: Option<u32>,
    revision: Option<u32>,
    redemption: Option<u32>,
    item: Option<String>,
    expires_on: Option<Date>,
}

fn on_points(rows: &mut Rows<'_>, fact: &Fact, volunteer: PersonId, event: &points::Event) {
    use points::Event;
    let mut book = Book { rows, fact, volunteer };
    match event {
        Event::Earned(earned) => {
            let (record, revision) = (Some(earned.record), Some(earned.revision));
            let source =
                Source { record, revision, expires_on: earned.expires_on, ..Source::default() };
            book.enter(EntryKind::Earned, earned.points, None, source);
            lots::put(book.rows, volunteer, earned.expires_on.unwrap_or(NEVER), earned.points);
        }
        Event::Redeemed(redeemed) => {
            let (redemption, item) = (Some(redeemed.redemption), Some(redeemed.item.to_string()));
            let source = Source { redemption, item, ..Source::default() };
            book.enter(EntryKind::Redeemed, redeemed.points, None, source);
            lots::take(book.rows, volunteer, redeemed.points);
        }
        Event::RedemptionCancelled(cancelled) => {
            let (redemption, expires_on) = (Some(cancelled.redemption), cancelled.expires_on);
            let source = Source { redemption, expires_on, ..Source::default() };
            book.enter(EntryKind::Returned, cancelled.points, None, source);
            match &cancelled.lots {
                Some(returned) => lots::put_stated(book.rows, volunteer, returned),
                None => {
                    lots::put(book.rows, volunteer, expires_on.unwrap_or(NEVER), cancelled.points);
                }
            }
        }
        Event::Expired(expired) => {
            let source = Source { expires_on: Some(expired.expires_on), ..Source::default() };
            book.enter(EntryKind::Expired, expired.points, None, source);
            lots::remove(book.rows, volunteer, expired.expires_on);
        }
        Event::Reversed(reversed) => {
            let (record, revision) = (Some(reversed.record), Some(reversed.revision));
            let source = Source { record, revision, ..Source::default() };
            book.enter(EntryKind::Reversed, reversed.points, Some(reversed.owed), source);
            lots::take_stated(book.rows, volunteer, reversed.points, reversed.lots.as_deref());
        }
        Event::Settled(settled) => {
            book.enter(EntryKind::Settled, settled.points, Some(settled.owed), Source::default());
            lots::take_stated(book.rows, volunteer, settled.points, settled.lots.as_deref());
        }
    }
}

/// The books at one fact.
struct Book<'a, 'r> {
    rows: &'a mut Rows<'r>,
    fact: &'a Fact,
    volunteer: PersonId,
}

impl Book<'_, '_> {
    /// Books points on both sides; `owed` is what the volunteer owes from now on, where that changed.
    fn enter(&mut self, kind: EntryKind, points: Points, owed: Option<Points>, source: Source) {
        let own = AccountId::Volunteer(self.volunteer);
        let before = self.rows.get::<Account>(&own).map_or(Points(0), |account| account.owed);
        let more_owed = owed.map_or(Points(0), |owed| owed - before);
        let mut balance = Points(0);
        self.rows.upsert(
            &own,
            || Account::new(own),
            |account| {
                account.book(kind, points, 1);
                account.owed += more_owed;
                balance = account.balance;
            },
        );
        let issuer = AccountId::Issuer;
        self.rows.upsert(
            &issuer,
            || Account::new(issuer),
            |account| {
                account.book(kind, points, -1);
                account.owed -= more_owed;
            },
        );
        let (debit, credit) = if kind.comes_in() { (issuer, own) } else { (own, issuer) };
        let Source { record, revision, redemption, item, expires_on } = source;
        let recorded_at = self.fact.recorded_at;
        self.rows.append(Entry {
            volunteer: self.volunteer,
            version: self.fact.version.0,
            kind,
            debit,
            credit,
            points,
            balance,
            record,
            revision,
            redemption,
            item,
            expires_on,
            recorded_at,
            day: county_date(recorded_at),
        });
    }
}

impl EntryKind {
    /// Whether the volunteer receives.
    pub(super) fn comes_in(self) -> bool {
        match self {
            Self::Earned | Self::Returned => true,
            Self::Redeemed | Self::Expired | Self::Reversed | Self::Settled => false,
        }
    }
}

impl Account {
    /// Books an entry; `side` is 1 for the volunteer and −1 for the issuer.
    pub(super) fn book(&mut self, kind: EntryKind, points: Points, side: i64) {
        let points = Points(points.0 * side);
        let sum = match kind {
            EntryKind::Earned => &mut self.earned,
            EntryKind::Redeemed => &mut self.redeemed,
            EntryKind::Returned => &mut self.returned,
            EntryKind::Expired => &mut self.expired,
            EntryKind::Reversed => &mut self.reversed,
            EntryKind::Settled => &mut self.settled,
        };
        *sum += points;
        if kind.comes_in() {
            self.balance += points;
        } else {
            self.balance -= points;
        }
        self.entries += 1;
    }
}
