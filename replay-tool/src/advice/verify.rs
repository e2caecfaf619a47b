use super::entry::{Advice, advice};

/// Codes of `verify`.
pub const ALL: &[Advice] = advice! {
    "log.damaged"
        "日志文件已损坏,此后的历史未经核对;请停止写入,保全磁盘,从备份恢复后再次校验。"
        "The log's file is damaged, and nothing behind that place was checked; stop the service, keep the disk, restore a backup and verify again.";
    "log.gap"
        "位置不连续,有事件被删去;请与备份、镜像或以前的检查点核对,找出缺的是哪些。"
        "Positions are missing, so events were taken out; compare with a backup, a mirror or an earlier checkpoint to learn which.";
    "log.order"
        "位置次序颠倒,日志被改动过;请与备份或镜像核对,并查明何人能写数据库。"
        "Positions do not rise, so the log was changed; compare with a backup or mirror, and find out who can write the database.";
    "log.time"
        "记录时间倒退,事件被改动或插入;请与检查点核对该位置,查明时钟和何人能写数据库。"
        "Times fall, so an event was changed or put in; hold the place against a checkpoint, and look at the clock and at who can write the database.";
    "stream.gap"
        "事件流缺少一件,有事件被删去;请从备份或镜像找回该件,查明何人所删。"
        "An event of the stream is gone; find it in a backup or mirror, and find out who took it out.";
    "stream.end"
        "流表与事件不符,流的末尾被删或被加;请与备份或镜像核对该流。"
        "The table of streams and the events differ: the end of a stream was cut or added to; compare the stream with a backup or mirror.";
    "stream.start"
        "事件流的开头不对,事件被删、被插或放错;请用 replay explain 查看该流,与备份核对。"
        "The stream does not begin as it must: something was taken out, put in or misplaced; look at it with replay explain and compare with a backup.";
    "event.unreadable"
        "本程序读不懂该事件:日志出自更新的版本,或事件被改;请先用最新版本校验,仍不行则与备份核对。"
        "This program cannot read the event: the log is from a later version, or the event was changed; verify with the latest version first, then compare with a backup.";
    "event.stream"
        "事件放在不属于它的流中,只能是被人放入的;请查明何人能写数据库。"
        "The event stands in a stream where it does not belong, where only somebody can have put it; find out who can write the database.";
    "event.key"
        "事件内容与流名所指不是同一对象;请用 replay explain 查看该流,与备份核对。"
        "The event speaks of something other than its stream; look at it with replay explain and compare with a backup.";
    "event.id"
        "编号重复,同一事件被放入两次;请查明哪一件后来放入。"
        "The id stands twice: an event was put in again; find out which of the two came later.";
    "event.cause"
        "所称起因的事件不存在,可能已被删去;请与备份或镜像核对。"
        "The event that it answers is not there and may have been taken out; compare with a backup or mirror.";
    "event.rulebook"
        "所依规则簿版本当时尚未通过;请查看规则簿的历史,核对该事件是否被改。"
        "It rests on a rulebook version that nobody had adopted; look at the history of the rulebook, and whether the event was changed.";
    "service.number"
        "服务记录号不连续,记录被删或被加;请向志愿者和组织单位核对该流。"
        "Numbers of service records are not dense: one was taken out or put in; go through the stream with the volunteer and the unit.";
    "service.record"
        "事件所指的服务记录不存在;请与备份核对该流是否缺件。"
        "There is no such service record; compare the stream with a backup.";
    "service.minutes"
        "写明的时长与按记录推算的不符,数字被改;请以签到表等原始材料核对,并更正。"
        "The minutes stated are not those that the records make, so a figure was changed; compare with sign-in sheets, and correct it.";
    "points.amount"
        "积分数不可能,分录被改;请与备份核对该账户。"
        "The number of points cannot be, so the entry was changed; compare the account with a backup.";
    "points.negative"
        "余额低于零,分录被改或被删;请与备份核对该账户,并暂停其兑换。"
        "The balance fell below zero, so entries were changed or taken out; compare the account with a backup, and stop its exchanges.";
    "points.balance"
        "分录与可用批次不符;请用 replay explain 查看该账户,与备份核对。"
        "Entries and what can be used differ; look at the account with replay explain and compare with a backup.";
    "points.lots"
        "分录与所列批次不符,数字被改;请与备份核对该账户。"
        "The entry and the lots it names differ, so a figure was changed; compare the account with a backup.";
    "points.debt"
        "所欠积分多于曾经兑换的;请用 replay explain 查看该账户,与备份核对。"
        "More is owed than was ever exchanged; look at the account with replay explain and compare with a backup.";
    "points.sum"
        "全部账户与发行方合计不为零;请先处理其他积分发现,再次校验。"
        "All accounts and the issuer do not sum to zero; see to the other findings about points, then verify again.";
    "ledger.absent"
        "没有账本,不能发现整部改写的历史;请用 --ledger 指明账本目录,或从 /ledger 取得检查点用 --checkpoint 给出。"
        "There is no ledger, so a history written anew goes unseen; name its folder with --ledger, or fetch a checkpoint from /ledger and give it with --checkpoint.";
    "ledger.checkpoint"
        "不是可读的检查点;请重新取得该文件,或改用另一份保存的检查点。"
        "It is no checkpoint that can be read; fetch the file again, or bring another one that you kept.";
    "ledger.cut"
        "日志比检查点所载的短,末尾的事件被删去;请保全现状,从备份或镜像找回,并公开说明。"
        "The log is shorter than the checkpoint says: its end was cut off; keep everything as it is, find the rest in a backup or mirror, and say so openly.";
    "ledger.halted"
        "账本已停止签署,附有原因;请按运行手册“账本停摆”一节处理。"
        "The ledger has stopped signing and says why; follow the section on a halted ledger in the operations manual.";
    "ledger.key"
        "检查点没有当时现用密钥的签名;请以另一途径核对公钥,查明何人持有旧钥,未核清前不予采信。"
        "A checkpoint lacks the signature of the key in force there; ask for the key by another way, find out who holds the old one, and believe nothing before that is settled.";
    "ledger.key_rotated"
        "账本密钥更换过;请以另一途径确认新的公钥,并写入信任策略(replay policy new)。"
        "The ledger's key has changed; confirm the new one by another way and put it into your policy (replay policy new).";
    "ledger.last"
        "检查点所记的最后一件事件与日志不符;请与镜像核对该处。"
        "The last event that the checkpoint covers is another one in the log; compare the place with a mirror.";
    "ledger.leaf"
        "该事件不是当时签署的那一件,被改、被移、被插或被删;请从备份或镜像找回原件,查明何人所为。"
        "The event is not the one that was signed: changed, moved, put in or taken out; find the original in a backup or mirror, and find out who did it.";
    "ledger.no_key"
        "换钥事件所载不是公钥,此后的签名无从核对;请向管理者以另一途径取得现用公钥,并查明该事件由何人写入。"
        "The event that changes the key holds none, so nothing after it can be checked; ask for the key in force by another way, and find out who wrote that event.";
    "ledger.origin"
        "检查点属于另一账本;请核对文件,或用相应的日志校验。"
        "The checkpoint is of another ledger; look whether it is the right file, or verify the log that it belongs to.";
    "ledger.root"
        "历史与检查点所签的不同,有事件被改写;请用账本目录或镜像(--ledger)再次校验以指明位置,保全现状并公开说明。"
        "The history is not the one that was signed: something was rewritten; verify again with the ledger's folder or a mirror (--ledger) to learn where, keep everything, and say so openly.";
    "ledger.signature"
        "签名不成立,或策略所信任者未签;请核对策略和检查点的来源。"
        "The signature is false, or nobody whom the policy trusts has signed; look at the policy and at where the checkpoint came from.";
    "ledger.tile"
        "账本目录中的散列与日志不符,日志或目录被改;有检查点可判明是哪一个,目录可用 yuanfa ledger repair 重做。"
        "Hashes in the ledger's folder and the log differ; a checkpoint tells which of them was changed, and yuanfa ledger repair makes the folder anew.";
    "ledger.unchecked"
        "没有给出信任策略,签名未核对;请用 replay policy new 写一份,以 --policy 给出。"
        "No policy was given, so signatures were not checked; write one with replay policy new and give it with --policy.";
    "vault.absent"
        "没有个人信息库,个人信息分段未核对;在有库的数据目录上再次校验即可。"
        "There is no vault, so personal sections were not compared; verify again on the data folder that has it.";
    "vault.section"
        "个人信息被改或被换,与事件所载摘要不符;请从备份恢复该库,查明何人能写。"
        "Personal data was changed or exchanged; restore the vault from a backup, and find out who can write it.";
    "vault.missing"
        "个人信息不在库中而无删除的事件;请从备份恢复,确已灭失的由县作出认定。"
        "Personal data is gone and no event says that it was erased; restore a backup, or have the loss accepted where it is final.";
    "vault.erased"
        "个人信息已删而日志无记载;请查明何人所删,从备份恢复或补办删除。"
        "Personal data was erased and no event says so; find out who did it, then restore it or have it erased properly.";
    "vault.remains"
        "日志已记载删除,数据仍在;请重新启动服务使其补办,仍在则查明原因。"
        "An event says that it was erased, and it is still there; start the service again, which makes up for it, and find out why if it does not.";
    "vault.readings"
        "当日查阅记录与日结不符,有人删改过查阅记录;请从备份恢复该库,并告知可能被查阅的人。"
        "The readings of the day are not as they were stated: somebody changed the records; restore the vault from a backup, and tell those who may have been read about.";
    "vault.lost"
        "县已认定这些个人信息灭失;无须处理,可查阅认定的事件和理由。"
        "The county has accepted that this personal data is lost; nothing is to be done, the event says why.";
    "evidence.absent"
        "没有佐证材料目录,未核对;请用 --evidence 指明位置后再次校验。"
        "There is no place of evidence, so none was compared; name it with --evidence and verify again.";
    "evidence.missing"
        "事件引用的材料不在了;请从备份恢复,没有的向提交人重新索取并说明。"
        "A piece that an event names is gone; restore it from a backup, or ask whoever handed it in, and say so.";
    "evidence.changed"
        "材料与摘要不符,被替换;请从备份恢复原件,查明何人能写该目录。"
        "A piece is not the one that was handed in; restore the original from a backup, and find out who can write there.";
    "evidence.elsewhere"
        "该材料从未存入本系统,只记有摘要;需要时向提交人索取原件核对摘要。"
        "The piece was never kept here, its digest only; ask whoever handed it in, and compare the digest.";
    "evidence.uncited"
        "该材料没有事件引用,可能是上传后未用;无须处理。"
        "No event names the piece, which may have been uploaded and not used; nothing is to be done.";
    "read_models.missing"
        "没有读模型,未比较;服务启动后会自行生成。"
        "There are no read models, so none were compared; the service makes them when it starts.";
    "read_models.behind"
        "读模型落后于日志,服务追上后即一致;长时间落后请查看服务日志。"
        "The read models are behind the log and will follow; look at the service's log where they stay behind.";
    "read_models.ahead"
        "读模型比日志多,日志被截短或换过;请与检查点核对日志,然后删去 read.sqlite 令其重建。"
        "The read models have seen more than the log holds, which was cut or exchanged; hold the log against a checkpoint, then remove read.sqlite so that it is made anew.";
    "read_models.cell"
        "所示数字与日志推算的不同,读模型被改或有程序错误;请停止服务,删去 read.sqlite 令其重建,并报告此发现。"
        "A figure that is shown is not what the log makes: the read models were changed, or the program is wrong; stop the service, remove read.sqlite so that it is made anew, and report it.";
    "read_models.checkpoint"
        "读模型所记的位置与日志不符;请删去 read.sqlite 令其重建。"
        "The place that the read models remember is not that of the log; remove read.sqlite so that it is made anew.";
    "read_models.events"
        "读模型所计事件数与日志不符;请删去 read.sqlite 令其重建。"
        "The read models counted other events than the log holds; remove read.sqlite so that it is made anew.";
    "read_models.not_compared"
        "日志本身读不完,读模型未比较;请先处理日志的发现,再次校验。"
        "The log itself cannot be read to its end; see to what was found in it first, then verify again.";
    "read_models.revision"
        "读模型由另一版本的程序写成;用该版本的 replay 校验,或启动服务令其重建后再次校验。"
        "The read model was written by another version; verify with that one's replay, or start the service, which makes it anew.";
    "read_models.unreadable"
        "读模型文件无法读取;请删去 read.sqlite 令其重建。"
        "The read models cannot be read; remove read.sqlite so that they are made anew.";
    "bulletin.figures"
        "通报的数字与日志推算的不同;请由县发布更正通报,并查明原因。"
        "A bulletin's figures are not what the log makes; have the county publish a correction, and find out why.";
    "bulletin.moment"
        "该通报的数字此后仍可能变化;请以其截至时间之后的另一通报为准。"
        "The bulletin's figures may still change; rely on another one that was made after its moment.";
    "bulletin.not_compared"
        "日志本身读不完,通报未核对;请先处理日志的发现,再次校验。"
        "The log itself cannot be read to its end; see to what was found in it first, then verify again.";
};
