//! The event log, opened in one place.

use std::sync::Arc;

use event_store::{EventStore, OpenError, Place, StoreError};

use crate::app::files;
use crate::http::Timed;

/// Opens the log at a place, its appends timed for `/metrics`. The folder of a file is made where there is none.
///
/// # Errors
/// See [`OpenError`].
pub async fn open(place: &Place) -> Result<Arc<dyn EventStore>, OpenError> {
    if let Some(folder) = place.file().as_deref().and_then(std::path::Path::parent) {
        files::create_folder(folder).map_err(|error| StoreError::Io(Arc::new(error)))?;
    }
    Ok(Arc::new(Timed(place.open().await?)))
}
