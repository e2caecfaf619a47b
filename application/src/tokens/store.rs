use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{Actor, ActorId, Role, Text, UnitCode};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior};
use subtle::ConstantTimeEq as _;

use super::prepared::Prepared;
use super::secret::Secret;
use super::{NewToken, NotRevoked, NotRotated, Token, TokenError};

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
/// What came later; a file of an earlier program is given these.
const LATER: [&str; 5] = [
    "previous_hash BLOB",
    "previous_until TEXT",
    "rotated_at TEXT",
    "revoked_by TEXT",
    "revoked_for TEXT",
];
const HAS_COLUMN: &str = "SELECT count(*) FROM pragma_table_info('token') WHERE name = ?1";
const INDEX: &str = "CREATE INDEX IF NOT EXISTS token_previous ON token (previous_hash)";
const COLUMNS: &str = "id, hash, role, unit, person, label, made_at, expires_at, revoked_at, previous_hash, \
    previous_until, rotated_at, revoked_by, revoked_for";

/// The tokens of a node, on a connection of its own: looking one up waits for nobody's writing.
pub struct Tokens(Mutex<Connection>);

impl Tokens {
    /// Opens the node's file, made if it does not exist.
    ///
    /// # Errors
    /// When it cannot be opened or written.
    pub fn open(path: &Path) -> Result<Self, TokenError> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch(TABLE)?;
        bring_up(&mut connection)?;
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
        let Prepared { token, secret } = Prepared::of(new, now)?;
        insert(&self.connection(), &token, &secret)?;
        Ok((token, secret))
    }

    /// Stores tokens that were prepared, and gives others a new end: all or nothing.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(
        &self,
        new: &[Prepared],
        ends: &[(ActorId, Option<Timestamp>)],
    ) -> Result<(), TokenError> {
        let mut connection = self.connection();
        let all = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for Prepared { token, secret } in new {
            insert(&all, token, secret)?;
        }
        for (id, end) in ends {
            let change = "UPDATE token SET expires_at = ?2 WHERE id = ?1 AND revoked_at IS NULL";
            all.execute(change, (id.as_str(), end.map(|end| end.to_string())))?;
        }
        Ok(all.commit()?)
    }

    /// Gives an account a new secret; it stays the same account. The one before works on for a while, and ends at once
    /// where that is nothing; one before that ends now. An end, where given, takes the place of the old one.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn rotate(
        &self,
        id: &ActorId,
        grace: SignedDuration,
        end: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Result<(Token, Secret), NotRotated>, TokenError> {
        let secret = Secret::random()?;
        let mut connection = self.connection();
        let all = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(mut token) = find(&all, id)? else { return Ok(Err(NotRotated::Unknown {})) };
        if token.revoked_at.is_some() {
            return Ok(Err(NotRotated::Revoked {}));
        }
        token.expires_at = end.or(token.expires_at);
        if !token.works_at(now) {
            return Ok(Err(NotRotated::Expired {}));
        }
        token.rotated_at = Some(now);
        token.previous_until = (grace > SignedDuration::ZERO).then(|| now + grace);
        all.execute(
            "UPDATE token SET previous_hash = iif(?3 IS NULL, NULL, hash), previous_until = ?3, hash = ?2,
             rotated_at = ?4, expires_at = ?5 WHERE id = ?1",
            (
                id.as_str(),
                secret.hash(),
                token.previous_until.map(|until| until.to_string()),
                now.to_string(),
                token.expires_at.map(|end| end.to_string()),
            ),
        )?;
        all.commit()?;
        Ok(Ok((token, secret)))
    }

    /// The token of an account.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, id: &ActorId) -> Result<Option<Token>, TokenError> {
        find(&self.connection(), id)
    }

    /// Revokes a token in somebody's name; one that was revoked before stays as it was. The last working account of the
    /// county office is left, because nobody could make or revoke another over HTTP then.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn revoke_for(
        &self,
        id: &ActorId,
        by: &ActorId,
        reason: &Text<200>,
        now: Timestamp,
    ) -> Result<Result<Token, NotRevoked>, TokenError> {
        let mut connection = self.connection();
        let all = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(mut token) = find(&all, id)? else { return Ok(Err(NotRevoked::Unknown {})) };
        if token.revoked_at.is_some() {
            return Ok(Ok(token));
        }
        let is_office = |token: &Token| token.role == Role::CountyOffice && token.works_at(now);
        let others = list(&all)?.into_iter().filter(|other| other.id != *id && is_office(other));
        if is_office(&token) && others.count() == 0 {
            return Ok(Err(NotRevoked::LastOfOffice {}));
        }
        (token.revoked_at, token.revoked_by) = (Some(now), Some(by.clone()));
        token.revoked_for = Some(reason.as_str().to_owned());
        all.execute(
            "UPDATE token SET revoked_at = ?2, revoked_by = ?3, revoked_for = ?4 WHERE id = ?1",
            (id.as_str(), now.to_string(), by.as_str(), reason.as_str()),
        )?;
        all.commit()?;
        Ok(Ok(token))
    }

    /// All tokens, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self) -> Result<Vec<Token>, TokenError> {
        list(&self.connection())
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
        let mut query = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM token WHERE hash = ?1 OR previous_hash = ?1"
        ))?;
        let found = query.query_row([hash], |row| Ok(read(row))).optional()?.transpose()?;
        // The index compares hashes, whose timing says nothing of the secret; this comparison does not even that.
        let same = |stored: &[u8; 32]| bool::from(stored.ct_eq(&hash));
        Ok(found
            .filter(|Stored { token, now: stands, before }| {
                let before =
                    before.as_ref().filter(|_| token.previous_until.is_some_and(|end| now < end));
                token.works_at(now) && (same(stands) || before.is_some_and(same))
            })
            .map(|found| found.token.actor()))
    }
}

/// Gives a file of an earlier program the columns that came later.
fn bring_up(connection: &mut Connection) -> rusqlite::Result<()> {
    let all = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for column in LATER {
        let name = column.split(' ').next().unwrap_or(column);
        // Asked within the transaction: what a connection remembers of a table may be older than what another has added.
        if all.query_row(HAS_COLUMN, [name], |row| row.get::<_, u32>(0))? == 0 {
            all.execute_batch(&format!("ALTER TABLE token ADD COLUMN {column}"))?;
        }
    }
    all.execute_batch(INDEX)?;
    all.commit()
}

fn insert(connection: &Connection, token: &Token, secret: &Secret) -> rusqlite::Result<()> {
    let put = "INSERT INTO token (id, hash, role, unit, person, label, made_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let values = (
        token.id.as_str(),
        secret.hash(),
        token.role.as_str(),
        token.unit.as_ref().map(UnitCode::as_str),
        token.person.map(|person| person.to_string()),
        &token.label,
        token.made_at.to_string(),
        token.expires_at.map(|end| end.to_string()),
    );
    connection.execute(put, values).map(drop)
}

fn list(connection: &Connection) -> Result<Vec<Token>, TokenError> {
    let mut query =
        connection.prepare(&format!("SELECT {COLUMNS} FROM token ORDER BY made_at, id"))?;
    let mut rows = query.query([])?;
    let mut tokens = Vec::new();
    while let Some(row) = rows.next()? {
        tokens.push(read(row)?.token);
    }
    Ok(tokens)
}

fn find(connection: &Connection, id: &ActorId) -> Result<Option<Token>, TokenError> {
    let query = format!("SELECT {COLUMNS} FROM token WHERE id = ?1");
    let found = connection.query_row(&query, [id.as_str()], |row| Ok(read(row))).optional()?;
    Ok(found.transpose()?.map(|found| found.token))
}

/// A row: the token, the hash of its secret, and that of the secret before.
struct Stored {
    token: Token,
    now: [u8; 32],
    before: Option<[u8; 32]>,
}

fn read(row: &Row<'_>) -> Result<Stored, TokenError> {
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
        previous_until: moment(10)?,
        rotated_at: moment(11)?,
        revoked_by: text(12)?
            .map(|account| ActorId::new(&account))
            .transpose()
            .map_err(|_| TokenError::Damaged("account"))?,
        revoked_for: text(13)?,
    };
    Ok(Stored { token, now: row.get(1)?, before: row.get(9)? })
}
