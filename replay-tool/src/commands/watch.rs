//! `watch`: keeps an eye on a ledger that is served, and a copy of its hashes.

use event_store::Position;
use jiff::Timestamp;
use keeper::{Mirror, MirrorError, Observation};

use crate::cli::Watch;
use crate::console::Console;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::moment::county;
use crate::stop::stopped;
use crate::trust;

pub(super) fn run(asked: &Watch, console: &mut Console<'_>) -> Result<u8, Failure> {
    let policy = trust::policy(&asked.policy)?;
    let mut mirror = Mirror::open(&asked.folder, &asked.address, policy)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let stopped = stopped()?;
        tokio::select! {
            code = watch(&mut mirror, asked, console) => code,
            () = stopped => Ok(exit::OK),
        }
    })
}

/// Looks again and again, until something is found.
async fn watch(
    mirror: &mut Mirror,
    asked: &Watch,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let mut waits = false;
    loop {
        let bar = console.progress(Said::new("镜像", "mirror"), Position(0));
        let looked = mirror.observe(&mut |size| bar.counts(Position(size), size)).await;
        bar.hide();
        match looked {
            Ok(Observation::Same) => waits = false,
            Ok(Observation::Grown { size }) => {
                waits = false;
                say(
                    console,
                    &format!("账本现有{size}件事件,与所见一致。"),
                    &format!("{size} events, and those seen before are their beginning."),
                )?;
            }
            Ok(Observation::Nothing { reason }) if asked.once => {
                return Err(Failure::Unanswered(reason));
            }
            Ok(Observation::Nothing { reason }) if waits => drop(reason),
            Ok(Observation::Nothing { reason }) => {
                waits = true;
                say(
                    console,
                    &format!("没有可用的检查点,继续等待:{reason}。"),
                    &format!("No checkpoint to be had, waiting: {reason}."),
                )?;
            }
            Err(MirrorError::Alarm(alarm)) => {
                say(
                    console,
                    &format!("警报:此账本不可再信({alarm})。"),
                    &format!("ALARM: this ledger cannot be trusted any more: {alarm}."),
                )?;
                return Ok(exit::FINDING);
            }
            Err(error) => return Err(error.into()),
        }
        if asked.once {
            return Ok(exit::OK);
        }
        tokio::time::sleep(asked.every).await;
    }
}

fn say(console: &mut Console<'_>, zh: &str, en: &str) -> Result<(), Failure> {
    let at = county(Timestamp::now());
    console.say(&Said::new(format!("{at} {zh}"), format!("{at} {en}")))?;
    Ok(console.out.flush()?)
}
