//! Who holds a connection, and who gives it up when another wants one.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use metrics::counter;
use tokio::sync::Notify;

use crate::figures;

/// When all places are taken, this part of them is made free at once: looking for who gives way costs a look at all.
const PART: usize = 64;

/// All clients of a listener that hold a connection.
pub(crate) struct Guests {
    most: usize,
    began: Instant,
    seats: Mutex<Seats>,
}

#[derive(Default)]
struct Seats {
    next: u64,
    taken: HashMap<u64, Arc<Seat>>,
}

/// A connection's place. It waits for its client, or serves it.
struct Seat {
    /// Whose it is.
    host: IpAddr,
    vouched: AtomicBool,
    /// Since when it waits for its client, in microseconds after the listener began; 0 while it serves.
    waits_since: AtomicU64,
    leave: Notify,
}

/// What handlers find among the extensions of a request: whoever sent it.
#[derive(Clone)]
pub struct Guest(Arc<Seat>);

impl Guest {
    /// Says that this client is known. Of the clients that wait, the known ones give up their connections last.
    pub fn vouch(&self) {
        self.0.vouched.store(true, Ordering::Relaxed);
    }
}

/// A place that is held until this is dropped.
pub(crate) struct Seated {
    guests: Arc<Guests>,
    id: u64,
    seat: Arc<Seat>,
    /// Whether a request is to be answered.
    serving: AtomicBool,
}

impl Guests {
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, began: Instant::now(), seats: Mutex::default() })
    }

    /// Gives a place to a client. When all are taken, some of those that wait for their client are given up: of the host
    /// that has most of them, and there those that have waited longest. None when all are being served.
    pub fn seat(self: &Arc<Self>, peer: IpAddr) -> Option<Seated> {
        let mut seats = self.seats();
        if seats.taken.len() >= self.most {
            let leave = longest_waiting_of_the_most(&seats.taken, self.most / PART + 1);
            for seat in leave.iter().filter_map(|id| seats.taken.remove(id)) {
                seat.leave.notify_one();
                counter!(figures::GAVE_WAY).increment(1);
            }
            if leave.is_empty() {
                return None;
            }
        }
        let seat = Arc::new(Seat {
            host: host(peer),
            vouched: AtomicBool::new(false),
            waits_since: AtomicU64::new(self.now()),
            leave: Notify::new(),
        });
        seats.next += 1;
        let id = seats.next;
        seats.taken.insert(id, Arc::clone(&seat));
        Some(Seated { guests: Arc::clone(self), id, seat, serving: AtomicBool::new(false) })
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX).max(1)
    }
}

impl Seated {
    pub fn guest(&self) -> Guest {
        Guest(Arc::clone(&self.seat))
    }

    /// From now on it waits for its client.
    pub fn waits(&self) {
        self.seat.waits_since.store(self.guests.now(), Ordering::Relaxed);
    }

    /// A request has come: from now on the service works for its client.
    pub fn serves(&self) {
        self.serving.store(true, Ordering::Relaxed);
        self.seat.waits_since.store(0, Ordering::Relaxed);
    }

    /// A part of a body has come: if its request is still to be answered, the service works on.
    pub fn goes_on(&self) {
        if self.serving.load(Ordering::Relaxed) {
            self.seat.waits_since.store(0, Ordering::Relaxed);
        }
    }

    /// A request was answered: from now on it waits for its client.
    pub fn served(&self) {
        self.serving.store(false, Ordering::Relaxed);
        self.waits();
    }

    /// Ends when the place was given to another.
    pub async fn given_up(&self) {
        self.seat.leave.notified().await;
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        self.guests.seats().taken.remove(&self.id);
    }
}

/// At most so many places that wait for their client: of one host, and no more than leave it as many as the next has.
fn longest_waiting_of_the_most(taken: &HashMap<u64, Arc<Seat>>, most: usize) -> Vec<u64> {
    let mut of_host: HashMap<IpAddr, usize> = HashMap::new();
    for seat in taken.values() {
        *of_host.entry(seat.host).or_default() += 1;
    }
    let waiting = taken.iter().filter_map(|(id, seat)| {
        let since = seat.waits_since.load(Ordering::Relaxed);
        let unknown = !seat.vouched.load(Ordering::Relaxed);
        (since > 0).then(|| ((unknown, of_host.get(&seat.host), u64::MAX - since), seat.host, *id))
    });
    let mut waiting: Vec<_> = waiting.collect();
    waiting.sort_unstable_by(|one, other| other.0.cmp(&one.0));
    let Some(&((unknown, Some(&has), _), host, _)) = waiting.first() else { return vec![] };
    let next = of_host.iter().filter(|(other, _)| **other != host).map(|(_, has)| *has).max();
    let spare = has.saturating_sub(next.unwrap_or(0)).clamp(1, most);
    let of_the_host = waiting.iter().filter(|one| (one.0.0, one.1) == (unknown, host));
    of_the_host.take(spare).map(|one| one.2).collect()
}

/// Whose address it is: of IPv6 the network of 64 bits, all of which one household has.
#[must_use]
pub fn host(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests;
