//! What the nodes of a cluster have in common: the log, and who leads.

use std::net::SocketAddr;
use std::sync::{Mutex, RwLock, RwLockReadGuard};

use tokio::sync::watch;
use uuid::Uuid;

use super::log::Log;
use super::messages::{
    ClusterInfo, EndPoint, Id, MemberInfo, STATE_FOLLOWER, STATE_LEADER, STATE_UNKNOWN,
};

/// What the nodes of a cluster have in common.
pub(super) struct Shared {
    log: RwLock<Log>,
    log_end: watch::Sender<u64>,
    membership: Mutex<Membership>,
}

struct Membership {
    members: Vec<Member>,
    leader: Option<usize>,
}

struct Member {
    instance: Uuid,
    address: SocketAddr,
    alive: bool,
}

/// Who leads, as seen by one of the nodes.
pub(super) enum Leader {
    Me,
    Other(SocketAddr),
    Nobody,
}

impl Shared {
    /// The first node leads.
    pub fn new(log: Log, addresses: impl IntoIterator<Item = SocketAddr>) -> Self {
        let member = |address| Member { instance: Uuid::new_v4(), address, alive: true };
        let members = addresses.into_iter().map(member).collect();
        let log_end = watch::Sender::new(log.end());
        Self {
            log: RwLock::new(log),
            log_end,
            membership: Mutex::new(Membership { members, leader: Some(0) }),
        }
    }

    pub fn log(&self) -> RwLockReadGuard<'_, Log> {
        self.log.read().unwrap()
    }

    pub fn write<T>(&self, change: impl FnOnce(&mut Log) -> T) -> T {
        let mut log = self.log.write().unwrap();
        let changed = change(&mut log);
        let end = log.end();
        drop(log);
        self.log_end.send_if_modified(|known| std::mem::replace(known, end) != end);
        changed
    }

    pub fn log_end(&self) -> watch::Receiver<u64> {
        self.log_end.subscribe()
    }

    pub fn leader(&self, me: usize) -> Leader {
        let membership = self.membership.lock().unwrap();
        match membership.leader {
            Some(leader) if leader == me => Leader::Me,
            Some(leader) => Leader::Other(membership.members[leader].address),
            None => Leader::Nobody,
        }
    }

    pub fn elect(&self, node: usize) {
        self.membership.lock().unwrap().leader = Some(node);
    }

    /// A leader who goes leaves nobody behind him, until somebody is elected.
    pub fn leaves(&self, node: usize) {
        let mut membership = self.membership.lock().unwrap();
        membership.members[node].alive = false;
        membership.leader = membership.leader.filter(|leader| *leader != node);
    }

    /// Who is alone elects himself.
    pub fn comes_back(&self, node: usize) {
        let mut membership = self.membership.lock().unwrap();
        membership.members[node].alive = true;
        if membership.members.len() == 1 {
            membership.leader = Some(node);
        }
    }

    pub fn gossip(&self) -> ClusterInfo {
        let membership = self.membership.lock().unwrap();
        let at = i64::try_from(jiff::Timestamp::now().as_nanosecond() / 100).unwrap();
        let state = |node| match membership.leader {
            Some(leader) if leader == node => STATE_LEADER,
            Some(_) => STATE_FOLLOWER,
            None => STATE_UNKNOWN,
        };
        let member = |(node, member): (usize, &Member)| MemberInfo {
            instance: Some(Id::structured(member.instance)),
            at,
            state: state(node),
            alive: member.alive,
            end_point: Some(EndPoint {
                address: member.address.ip().to_string(),
                port: u32::from(member.address.port()),
            }),
        };
        ClusterInfo { members: membership.members.iter().enumerate().map(member).collect() }
    }
}
