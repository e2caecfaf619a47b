//! A bucket of an S3 service: what the operator wrote, and the client for it.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{ClientOptions, RetryConfig};
use url::{Url, form_urlencoded};

use crate::{BadLocation, OpenError, StorageError};

/// One request, with 20 MB in it over a slow line.
const PATIENCE: Duration = Duration::from_secs(60);
const CONNECT: Duration = Duration::from_secs(5);
/// After an answer of 5xx, or none, and for how long.
const RETRIES: usize = 4;
const RETRYING: Duration = Duration::from_secs(30);
const DEFAULT_REGION: &str = "us-east-1";
const MAX_PREFIX: usize = 200;

/// A bucket: `s3://bucket/prefix?endpoint=https://host&region=…&style=path`. Prefix and parameters may be left out;
/// without an endpoint it is Amazon's. `style=virtual` puts the bucket's name before the host's, as some services demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    name: String,
    prefix: String,
    endpoint: Option<Url>,
    region: String,
    virtual_hosted: bool,
}

impl Bucket {
    /// What the names of the objects begin with; may be empty.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// A client, with credentials from the environment, and what must not be repeated to anybody.
    pub(crate) fn client(
        &self,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<(AmazonS3, Vec<String>), OpenError> {
        let find = |name| environment(name).filter(|value| !value.is_empty());
        let required = |name| find(name).ok_or(BadLocation::NoCredentials);
        let (id, key) = (required("AWS_ACCESS_KEY_ID")?, required("AWS_SECRET_ACCESS_KEY")?);
        let token = find("AWS_SESSION_TOKEN");
        let options = ClientOptions::new().with_timeout(PATIENCE).with_connect_timeout(CONNECT);
        let retry =
            RetryConfig { max_retries: RETRIES, retry_timeout: RETRYING, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            .with_virtual_hosted_style_request(self.virtual_hosted)
            .with_client_options(options)
            .with_retry(retry)
            .with_access_key_id(&id)
            .with_secret_access_key(&key);
        if let Some(endpoint) = &self.endpoint {
            builder = builder
                .with_allow_http(endpoint.scheme() == "http")
                .with_endpoint(self.host(endpoint));
        }
        if let Some(token) = &token {
            builder = builder.with_token(token);
        }
        let secrets: Vec<String> = [Some(id), Some(key), token].into_iter().flatten().collect();
        let client = builder.build().map_err(|error| StorageError::new(&error, &secrets))?;
        Ok((client, secrets))
    }

    fn host(&self, endpoint: &Url) -> String {
        let text = endpoint.as_str().trim_end_matches('/');
        if !self.virtual_hosted {
            return text.to_owned();
        }
        text.replacen("://", &format!("://{}.", self.name), 1)
    }
}

impl FromStr for Bucket {
    type Err = BadLocation;

    fn from_str(text: &str) -> Result<Self, BadLocation> {
        // Of what may hold a key nothing is repeated, so nothing else is looked at before it.
        if text.contains('@') {
            return Err(BadLocation::Credentials);
        }
        let place = text.strip_prefix("s3://").ok_or(BadLocation::Form)?;
        let (place, query) = place.split_once('?').unwrap_or((place, ""));
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        let mut bucket = Self {
            name: checked_name(name)?,
            prefix: checked_prefix(prefix.strip_suffix('/').unwrap_or(prefix))?,
            endpoint: None,
            region: DEFAULT_REGION.to_owned(),
            virtual_hosted: false,
        };
        let mut seen = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if seen.contains(&name) {
                return Err(BadLocation::Parameter(name.into_owned()));
            }
            match name.as_ref() {
                "endpoint" => bucket.endpoint = Some(checked_endpoint(&value)?),
                "region" => bucket.region = checked_region(&value)?,
                "style" => bucket.virtual_hosted = checked_style(&value)?,
                _ => return Err(BadLocation::Parameter(name.into_owned())),
            }
            seen.push(name);
        }
        Ok(bucket)
    }
}

fn checked_name(text: &str) -> Result<String, BadLocation> {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    let outer = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let fits = (3..=63).contains(&text.len())
        && text.chars().all(inner)
        && text.starts_with(outer)
        && text.ends_with(outer);
    if fits { Ok(text.to_owned()) } else { Err(BadLocation::Bucket) }
}

fn checked_prefix(text: &str) -> Result<String, BadLocation> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let part = |part: &str| !matches!(part, "" | "." | "..") && part.chars().all(plain);
    let fits = text.is_empty() || (text.len() <= MAX_PREFIX && text.split('/').all(part));
    if fits { Ok(text.to_owned()) } else { Err(BadLocation::Prefix) }
}

fn checked_endpoint(text: &str) -> Result<Url, BadLocation> {
    let url = Url::parse(text).map_err(|_| BadLocation::Endpoint)?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let fits = matches!(url.scheme(), "http" | "https") && url.has_host() && bare;
    if fits { Ok(url) } else { Err(BadLocation::Endpoint) }
}

fn checked_region(text: &str) -> Result<String, BadLocation> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fits = (1..=40).contains(&text.len()) && text.chars().all(plain);
    if fits { Ok(text.to_owned()) } else { Err(BadLocation::Region) }
}

fn checked_style(text: &str) -> Result<bool, BadLocation> {
    match text {
        "path" => Ok(false),
        "virtual" => Ok(true),
        _ => Err(BadLocation::Style),
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}", self.name)?;
        if !self.prefix.is_empty() {
            write!(f, "/{}", self.prefix)?;
        }
        write!(f, "?region={}", self.region)?;
        if let Some(endpoint) = &self.endpoint {
            write!(f, "&endpoint={}", endpoint.as_str().trim_end_matches('/'))?;
        }
        if self.virtual_hosted { f.write_str("&style=virtual") } else { Ok(()) }
    }
}
