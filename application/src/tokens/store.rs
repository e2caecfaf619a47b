use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{Actor, ActorId, Role, UnitCode};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use subtle::ConstantTimeEq as _;

use super::secret::{Secret, random_account};
use super::{NewToken, Token, TokenError};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS token (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    role TEXT NOT NULL,
    unit TEXT,
    person TEXT,
    label TEXT,
    made_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT
) STRICT";
const COLUMNS: &str = "id, hash, role, unit, person, label, made_at, expires_at, revoked_at";

/// The tokens of a node, on a connection of its own: looking one up waits for nobody's writing.
pub struct Tokens(Mutex<Connection>);

impl Tokens {
    /// Opens the node's file, made if it does not exist.
    ///
    /// # Errors
    /// When it cannot be opened or written.
    pub fn open(path: &Path) -> Result<Self, TokenError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch(TABLE)?;
        Ok(Self(Mutex::new(connection)))
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a token. The secret is in the answer and nowhere else.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn create(&self, new: NewToken, now: Timestamp) -> Result<(Token, Secret), TokenError> {
        let secret = Secret::random()?;
        let NewToken { role, unit, person, label, expires_at } = new;
        let id = random_account()?;
        let token =
            Token { id, role, unit, person, label, made_at: now, expires_at, revoked_at: None };
        self.connection().execute(
            &format!("INSERT INTO token ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL)"),
            (
                token.id.as_str(),
                secret.hash(),
                token.role.as_str(),
                token.unit.as_ref().map(UnitCode::as_str),
                token.person.map(|person| person.to_string()),
                &token.label,
                token.made_at.to_string(),
                token.expires_at.map(|end| end.to_string()),
            ),
        )?;
        Ok((token, secret))
    }

    /// All tokens, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self) -> Result<Vec<Token>, TokenError> {
        let connection = self.connection();
        let mut query =
            connection.prepare(&format!("SELECT {COLUMNS} FROM token ORDER BY made_at, id"))?;
        let mut rows = query.query([])?;
        let mut tokens = Vec::new();
        while let Some(row) = rows.next()? {
            tokens.push(read(row)?.1);
        }
        Ok(tokens)
    }

    /// Revokes a token; `false` when there is none with this id that still stands.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn revoke(&self, id: &ActorId, now: Timestamp) -> Result<bool, TokenError> {
        let changed = self.connection().execute(
            "UPDATE token SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL",
            (id.as_str(), now.to_string()),
        )?;
        Ok(changed > 0)
    }

    /// The account behind a secret, if its token works now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn account(&self, secret: &Secret, now: Timestamp) -> Result<Option<Actor>, TokenError> {
        let hash = secret.hash();
        let connection = self.connection();
        let mut query = connection.prepare_cached(
            "SELECT id, hash, role, unit, person, label, made_at, expires_at, revoked_at
             FROM token WHERE hash = ?1",
        )?;
        let found = query.query_row([hash], |row| Ok(read(row))).optional()?.transpose()?;
        // The index compares hashes, whose timing says nothing of the secret; this comparison does not even that.
        Ok(found
            .filter(|(stored, token)| bool::from(stored.ct_eq(&hash)) && token.works_at(now))
            .map(|(_, token)| token.actor()))
    }
}

fn read(row: &Row<'_>) -> Result<([u8; 32], Token), TokenError> {
    let text = |column: usize| row.get::<_, Option<String>>(column);
    let moment = |column: usize| -> Result<Option<Timestamp>, TokenError> {
        let stored = text(column)?;
        stored.map(|text| text.parse()).transpose().map_err(|_| TokenError::Damaged("time"))
    };
    let role = row.get::<_, String>(2)?;
    let role = Role::FOR_TOKENS.into_iter().find(|known| known.as_str() == role);
    let token = Token {
        id: ActorId::new(&row.get::<_, String>(0)?).map_err(|_| TokenError::Damaged("id"))?,
        role: role.ok_or(TokenError::Damaged("role"))?,
        unit: text(3)?
            .map(|unit| UnitCode::new(&unit))
            .transpose()
            .map_err(|_| TokenError::Damaged("unit"))?,
        person: text(4)?
            .map(|person| person.parse())
            .transpose()
            .map_err(|_| TokenError::Damaged("person"))?,
        label: text(5)?,
        made_at: moment(6)?.ok_or(TokenError::Damaged("time"))?,
        expires_at: moment(7)?,
        revoked_at: moment(8)?,
    };
    Ok((row.get(1)?, token))
}
