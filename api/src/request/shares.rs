//! Requests that are answered at once: each account has a share, and each address one for all who come without an account.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::ActorId;

/// Whose requests are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Asker {
    /// An account, wherever it comes from: a town hall or a mobile carrier is one address.
    Account(ActorId),
    /// Everybody without an account who comes from there.
    Address(IpAddr),
}

/// How many requests of each asker are being answered.
pub struct Shares {
    most: usize,
    taken: Mutex<HashMap<Asker, usize>>,
}

/// A request that is being answered, until this is dropped.
pub struct Share<'a> {
    of: &'a Shares,
    asker: Asker,
}

impl Shares {
    /// Of so many requests each.
    pub fn of(most: usize) -> Self {
        Self { most, taken: Mutex::default() }
    }

    /// Takes a part of the asker's share; none when it is used up.
    pub fn take(&self, asker: &Asker) -> Option<Share<'_>> {
        let mut taken = self.taken();
        let of_asker = taken.entry(asker.clone()).or_default();
        if *of_asker >= self.most {
            return None;
        }
        *of_asker += 1;
        Some(Share { of: self, asker: asker.clone() })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Asker, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        if let Entry::Occupied(mut of_asker) = self.of.taken().entry(self.asker.clone()) {
            *of_asker.get_mut() -= 1;
            if *of_asker.get() == 0 {
                of_asker.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests;
