//! One node: a port, its connections, its faults.

use std::future::poll_fn;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;
use tokio_rustls::TlsAcceptor;

use super::faults::Faults;
use super::service;
use super::shared::Shared;
use super::state::{Counter, NodeState, Options, Tally};
use super::tls::{self, Tls};
use super::wire::{Connection, Connections, Wire};

/// A port that is bound but not yet served.
pub(super) struct Port(std::net::TcpListener);

impl Port {
    pub fn any() -> io::Result<Self> {
        Self::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }

    fn bind(address: SocketAddr) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Self(listener))
    }

    pub fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }
}

/// One node of a cluster.
pub struct Node {
    state: Arc<NodeState>,
    address: SocketAddr,
    runtime: Handle,
    acceptor: Option<TlsAcceptor>,
    connections: Arc<Connections>,
    listening: Mutex<Option<Listening>>,
}

struct Listening {
    listener: TcpListener,
    accepting: AbortHandle,
}

impl Node {
    pub(super) fn launch(
        number: usize,
        port: Port,
        runtime: Handle,
        shared: Arc<Shared>,
        options: Options,
    ) -> Arc<Self> {
        let connections = Arc::<Connections>::default();
        let acceptor = options.tls.as_ref().map(Tls::acceptor);
        let (faults, counter) = (Faults::new(Arc::clone(&connections)), Counter::new());
        let node = Arc::new(Self {
            state: Arc::new(NodeState { number, shared, options, faults, counter }),
            address: port.address(),
            runtime,
            acceptor,
            connections,
            listening: Mutex::default(),
        });
        node.listen(port);
        node
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What is to go wrong here.
    pub fn faults(&self) -> &Faults {
        &self.state.faults
    }

    /// What it has done since it was made.
    pub fn tally(&self) -> Tally {
        self.state.counter.now()
    }

    /// Waits until it has done enough.
    pub async fn until(&self, enough: impl FnMut(&Tally) -> bool) -> Tally {
        self.state.counter.until(enough).await
    }

    /// Kills it: nothing listens at its port, and all connections are cut where they are. A leader leaves the cluster
    /// without one.
    pub fn stop(&self) {
        self.state.shared.leaves(self.state.number);
        if let Some(listening) = self.listening.lock().unwrap().take() {
            listening.accepting.abort();
        }
        self.connections.cut();
    }

    /// Starts it again at the same port, as a follower; a node that is alone leads.
    pub fn start_again(self: &Arc<Self>) {
        self.listen(Port::bind(self.address).unwrap());
        self.state.shared.comes_back(self.state.number);
    }

    fn listen(self: &Arc<Self>, port: Port) {
        let _runtime = self.runtime.enter();
        let listener = TcpListener::from_std(port.0).unwrap();
        let mut listening = self.listening.lock().unwrap();
        assert!(listening.is_none(), "the node runs already");
        let accepting = tokio::spawn(Arc::clone(self).accept()).abort_handle();
        *listening = Some(Listening { listener, accepting });
    }

    async fn accept(self: Arc<Self>) {
        loop {
            if let Ok((socket, connection)) = poll_fn(|context| self.poll_accept(context)).await {
                self.state.counter.count(|tally| tally.connections += 1);
                tokio::spawn(Arc::clone(&self).welcome(socket, connection));
            }
        }
    }

    /// Whoever stops the node finds each connection among those to cut.
    fn poll_accept(
        &self,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<(TcpStream, Arc<Connection>)>> {
        let listening = self.listening.lock().unwrap();
        let Some(Listening { listener, .. }) = &*listening else { return Poll::Pending };
        listener.poll_accept(context).map_ok(|(socket, _)| (socket, self.connections.open()))
    }

    async fn welcome(self: Arc<Self>, socket: TcpStream, connection: Arc<Connection>) {
        if socket.set_nodelay(true).is_err() {
            return;
        }
        let acknowledges_late = self.state.options.acknowledges_late;
        let wire = Wire { socket, connection: Arc::clone(&connection), acknowledges_late };
        let Some(acceptor) = &self.acceptor else { return self.serve(wire, connection).await };
        match acceptor.accept(wire).await {
            Ok(secured) => {
                if let Some(user) = tls::user(&secured) {
                    connection.user.get_or_init(|| user);
                }
                self.serve(secured, connection).await;
            }
            Err(error) => tracing::debug!(%error, "a connection could not be secured"),
        }
    }

    async fn serve(
        self: &Arc<Self>,
        transport: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        connection: Arc<Connection>,
    ) {
        let answer = service_fn(|request| {
            service::answer(Arc::clone(&self.state), Arc::clone(&connection), request)
        });
        let ended = http2::Builder::new(TokioExecutor::new())
            .initial_stream_window_size(1 << 20)
            .initial_connection_window_size(4 << 20)
            .serve_connection(TokioIo::new(transport), answer)
            .await;
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended");
        }
    }
}
