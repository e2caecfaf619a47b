//! A mirror 镜像: hashes and checkpoint of somebody else's ledger, followed over HTTP and believed in nothing.
//!
//! It keeps what it has seen, so that a history which changes afterwards contradicts it, and so that an auditor who verifies a
//! log against it learns which event was changed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ledger::{Checkpoint, Hash, Note, Policy, TILE_WIDTH, Tile, Tree, Unaccepted};
use reqwest::{Client, Url};

use crate::halt::chain;
use crate::tiles::Tiles;
use crate::{fetch, files, published};

/// The hashes and the last checkpoint of another's ledger, in a folder of their own.
pub struct Mirror {
    folder: PathBuf,
    tiles: Tiles,
    policy: Policy,
    tree: Tree,
    client: Client,
    base: Url,
}

/// What was found at one observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// Nothing new.
    Same,
    /// More events, and what was there before is their beginning.
    Grown {
        /// How many there are now.
        size: u64,
    },
    /// No answer that helps, or one that its witnesses have not cosigned yet.
    Nothing {
        /// Why.
        reason: String,
    },
}

/// Why nothing can be seen any more, or should be believed.
#[derive(Debug, thiserror::Error)]
pub enum Alarm {
    /// The checkpoint bears a false signature, or none of the ledger's.
    #[error("its checkpoint is signed by nobody who is trusted, or falsely: {0}")]
    Signature(Unaccepted),
    /// It states fewer events than before.
    #[error("it states {now} events where it had stated {before}")]
    Shrunk {
        /// Before.
        before: u64,
        /// Now.
        now: u64,
    },
    /// What it states does not follow from what it had stated.
    #[error("its {size} events are not those that it had stated with more behind them")]
    Forked {
        /// How many it states now.
        size: u64,
    },
}

/// Why a mirror cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum MirrorError {
    /// The ledger cannot be trusted.
    #[error(transparent)]
    Alarm(#[from] Alarm),
    /// Its own folder failed.
    #[error("the mirror's folder failed")]
    Folder(#[from] io::Error),
    /// Its own files are not what it had written.
    #[error("the mirror's own files are damaged")]
    Damaged,
    /// The folder is that of a keeper, who signs from it.
    #[error("the folder holds a ledger's key: a mirror needs a folder of its own")]
    Keepers,
    /// No address.
    #[error("an address begins with http:// or https://")]
    Address,
    /// Nothing can be asked.
    #[error("cannot ask over HTTP")]
    Http(#[from] reqwest::Error),
}

impl Mirror {
    /// Opens the folder, making it where there is none, for the ledger served at this address, such as
    /// `https://county.example/ledger`.
    ///
    /// # Errors
    /// [`MirrorError`], but no [`Alarm`].
    pub fn open(folder: &Path, address: &str, policy: Policy) -> Result<Self, MirrorError> {
        let base = Url::parse(&format!("{}/", address.trim_end_matches('/')));
        let base = base.ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let base = base.ok_or(MirrorError::Address)?;
        if folder.join("key").try_exists()? {
            return Err(MirrorError::Keepers);
        }
        fs::create_dir_all(folder)?;
        files::sync_folder_of(folder)?;
        let tiles = Tiles::open(folder)?;
        let tree = match published::unchecked(folder)? {
            None => Tree::default(),
            Some((text, _)) => {
                let note: Note = text.parse().map_err(|_| MirrorError::Damaged)?;
                let kept = Checkpoint::of(&note).map_err(|_| MirrorError::Damaged)?;
                let tree = tiles.read_again(kept.size)?.filter(|tree| tree.root() == kept.root);
                tree.ok_or(MirrorError::Damaged)?
            }
        };
        Ok(Self { folder: folder.to_owned(), tiles, policy, tree, client: fetch::client()?, base })
    }

    /// How many events it has seen.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Asks for the checkpoint and for what is new under it; `progress` hears how many hashes there are.
    ///
    /// # Errors
    /// An [`Alarm`], and what is seen then is not kept; or the folder's failure.
    pub async fn observe(
        &mut self,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Observation, MirrorError> {
        let text = match self.get("checkpoint", fetch::MOST_TEXT).await {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(reason) => return Ok(Observation::Nothing { reason }),
        };
        let Ok(note) = text.parse::<Note>() else {
            return Ok(Observation::Nothing { reason: "it answered with no checkpoint".into() });
        };
        let stated = match self.policy.accept(&note) {
            Ok(accepted) => accepted.checkpoint,
            Err(pending @ Unaccepted::Pending { .. }) => {
                return Ok(Observation::Nothing { reason: pending.to_string() });
            }
            Err(why) => return Err(Alarm::Signature(why).into()),
        };
        let (before, now) = (self.tree.size(), stated.size);
        if now < before {
            return Err(Alarm::Shrunk { before, now }.into());
        }
        let tree = match self.grown(now, progress).await? {
            Ok(tree) => tree,
            Err(reason) => return Ok(Observation::Nothing { reason }),
        };
        if tree.root() != stated.root {
            return Err(Alarm::Forked { size: now }.into());
        }
        if now == before {
            return Ok(Observation::Same);
        }
        self.tiles.sync()?;
        published::write(&self.folder, &note, None)?;
        self.tree = tree;
        Ok(Observation::Grown { size: now })
    }

    /// The tree with the leaves behind those that were seen, as the ledger serves them; or why they are not to be had. Hashes
    /// are written behind those that count, and count once the checkpoint over them is written.
    async fn grown(
        &self,
        size: u64,
        progress: &mut dyn FnMut(u64),
    ) -> io::Result<Result<Tree, String>> {
        let (mut tree, width) = (self.tree.clone(), u64::from(TILE_WIDTH));
        while tree.size() < size {
            let (index, begun) = (tree.size() / width, tree.size() % width);
            let hashes = (size - index * width).min(width);
            let tile = u16::try_from(hashes).ok().and_then(|hashes| Tile::new(0, index, hashes));
            let Some(tile) = tile else { return Err(io::ErrorKind::InvalidInput.into()) };
            let bytes = match self.get(&tile.to_string(), fetch::TILE_BYTES).await {
                Ok(bytes) if bytes.len() == usize::from(tile.width()) * 32 => bytes,
                Ok(_) => return Ok(Err(format!("{tile} has another length"))),
                Err(reason) => return Ok(Err(reason)),
            };
            let new = bytes.as_chunks().0.iter().skip(usize::try_from(begun).unwrap_or(0));
            self.tiles.extend(&mut tree, new.copied().map(Hash))?;
            progress(tree.size());
        }
        Ok(Ok(tree))
    }

    async fn get(&self, path: &str, most: usize) -> Result<Vec<u8>, String> {
        let url = self.base.join(path).map_err(|error| error.to_string())?;
        // Without the address, which may hold a password.
        fetch::get(&self.client, url, most).await.map_err(|error| match error {
            fetch::Failed::Http(error) => chain(&error.without_url()),
            fetch::Failed::Status(status) => format!("it answered {status}"),
            fetch::Failed::TooLong => "its answer is too long".into(),
        })
    }
}
