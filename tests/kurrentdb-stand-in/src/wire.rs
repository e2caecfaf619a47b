//! The sockets of a node, which can be cut and frozen.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::task::{Context, Poll, ready};

use futures::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Nothing is done to the connection.
const OPEN: u8 = 0;
/// It ends once everything is out that was given to it. The first flush may have begun before that was asked, so it is
/// the second one that counts.
const ENDING: u8 = 1;
/// One flush is done.
const ENDING_SOON: u8 = 2;
/// Nothing goes in or out any more.
const CUT: u8 = 3;

/// All connections of a node.
#[derive(Default)]
pub(super) struct Connections {
    frozen: Arc<AtomicBool>,
    all: Mutex<Vec<Weak<Connection>>>,
}

/// What there is to one connection besides its socket.
pub(super) struct Connection {
    state: AtomicU8,
    frozen: Arc<AtomicBool>,
    waker: AtomicWaker,
    /// The name in the client's certificate.
    pub user: OnceLock<String>,
}

impl Connections {
    pub fn open(&self) -> Arc<Connection> {
        let connection = Arc::new(Connection {
            state: AtomicU8::new(OPEN),
            frozen: Arc::clone(&self.frozen),
            waker: AtomicWaker::new(),
            user: OnceLock::new(),
        });
        let mut all = self.all.lock().unwrap();
        all.retain(|connection| connection.strong_count() > 0);
        all.push(Arc::downgrade(&connection));
        connection
    }

    pub fn freeze(&self, frozen: bool) {
        self.frozen.store(frozen, Ordering::SeqCst);
        self.for_each(|connection| connection.waker.wake());
    }

    pub fn cut(&self) {
        self.for_each(Connection::cut);
    }

    fn for_each(&self, act: impl Fn(&Connection)) {
        self.all
            .lock()
            .unwrap()
            .iter()
            .filter_map(Weak::upgrade)
            .for_each(|connection| act(&connection));
    }
}

impl Connection {
    pub fn cut(&self) {
        self.state.store(CUT, Ordering::SeqCst);
        self.waker.wake();
    }

    pub fn cut_after_flush(&self) {
        let _ = self.state.compare_exchange(OPEN, ENDING, Ordering::SeqCst, Ordering::SeqCst);
        self.waker.wake();
    }

    fn gate(&self, context: &Context<'_>) -> Poll<io::Result<()>> {
        self.waker.register(context.waker());
        if self.state.load(Ordering::SeqCst) == CUT {
            Poll::Ready(Err(ErrorKind::ConnectionReset.into()))
        } else if self.frozen.load(Ordering::SeqCst) {
            Poll::Pending
        } else {
            Poll::Ready(Ok(()))
        }
    }

    fn flushed(&self) -> io::Result<()> {
        match self.state.load(Ordering::SeqCst) {
            ENDING => {
                self.state.store(ENDING_SOON, Ordering::SeqCst);
                self.waker.wake();
                Ok(())
            }
            ENDING_SOON => {
                self.cut();
                Err(ErrorKind::ConnectionReset.into())
            }
            _ => Ok(()),
        }
    }
}

/// A socket as its connection lets it be.
pub(super) struct Wire {
    pub socket: TcpStream,
    pub connection: Arc<Connection>,
    /// Whether the kernel takes its time to acknowledge what came in.
    pub acknowledges_late: bool,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.connection.gate(context))?;
        // The kernel falls back to its own ways by itself, so this is said again and again.
        #[cfg(target_os = "linux")]
        if !self.acknowledges_late {
            self.socket.set_quickack(true)?;
        }
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.connection.gate(context))?;
        Pin::new(&mut self.socket).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        ready!(self.connection.gate(context))?;
        Pin::new(&mut self.socket).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.connection.gate(context))?;
        ready!(Pin::new(&mut self.socket).poll_flush(context))?;
        Poll::Ready(self.connection.flushed())
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.connection.gate(context))?;
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}
