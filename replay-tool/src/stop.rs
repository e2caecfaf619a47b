//! Being told to stop.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Waits until the process is interrupted or told to end. To be called within a runtime.
///
/// # Errors
/// When the system hears no signals.
pub fn stopped() -> io::Result<impl Future<Output = ()>> {
    let (mut interrupted, mut terminated) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}
