use application::imports::{self, Mode, Undoing};
use domain::{ImportId, Text};

use super::exit::{Exit, on_runtime};
use super::import::{ACCOUNT, bar};
use super::open;
use crate::config::Config;

/// An import to undo.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 导入编号 The import's number, as the import told it
    import: ImportId,
    /// 理由 Why
    #[arg(long)]
    reason: Text<200>,
    /// 预览 Say what the undoing would come to, and store nothing
    #[arg(long)]
    dry_run: bool,
}

/// Undoes an import in a data folder that no running service holds; in a running one it goes by HTTP.
pub fn run(config: &Config, args: &Args) -> Exit {
    on_runtime(undo(config, args))
}

async fn undo(config: &Config, args: &Args) -> Result<Exit, Exit> {
    let app = open::app(config).await?;
    let caller = open::operator(ACCOUNT)?;
    let bar = bar("撤销 undo");
    let show = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let mode = if args.dry_run { Mode::Preview } else { Mode::Import };
    let undoing = imports::undo(&app, args.import, args.reason.clone(), mode, &caller, &show).await;
    bar.finish_and_clear();
    let Undoing { undone, stayed } = match undoing {
        Ok(undoing) => undoing,
        Err(application::Error::Refused(refusal)) => {
            eprintln!("{}\n{}", refusal.zh(), refusal.en());
            return Err(Exit::Refused);
        }
        Err(error) => {
            return Err(Exit::environment(
                "撤销中断；再次执行即可继续 interrupted: the same command again goes on",
                &error,
            ));
        }
    };
    println!("撤回{}项，保留{}项", undone.len(), stayed.len());
    println!("{} taken back, {} stay", undone.len(), stayed.len());
    for (number, why) in &stayed {
        println!("{number}：{} {}", why.zh(), why.en());
    }
    if args.dry_run {
        println!("仅预览，未保存任何内容 a preview: nothing was stored");
    }
    Ok(Exit::Ok)
}
