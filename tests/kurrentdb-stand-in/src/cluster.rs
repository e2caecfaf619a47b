//! Servers to start in a test: one node, or a cluster.

use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use tokio::runtime::{Builder, Handle, Runtime};
use uuid::Uuid;

use super::log::{Log, Proposed, StoredEvent};
use super::node::{Node, Port};
use super::shared::Shared;
use super::state::Options;
use super::tls::Tls;

/// Nodes that share one log. Dropped, all of them stop.
pub struct Cluster {
    nodes: Vec<Arc<Node>>,
    shared: Arc<Shared>,
    options: Options,
    runtime: Option<Runtime>,
}

impl Cluster {
    /// Starts some nodes on the runtime of the caller; the first one leads.
    pub async fn start(size: usize, options: Options) -> Self {
        Self::launch(size, options, &Handle::current())
    }

    /// Starts some nodes on a thread of their own, for callers that block theirs.
    pub fn start_on_thread(size: usize, options: Options) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("kurrentdb stand-in")
            .enable_all()
            .build()
            .unwrap();
        let mut cluster = Self::launch(size, options, runtime.handle());
        cluster.runtime = Some(runtime);
        cluster
    }

    fn launch(size: usize, options: Options, runtime: &Handle) -> Self {
        let ports: Vec<_> = (0..size).map(|_| Port::any().unwrap()).collect();
        let log = Log::new(options.slip_in_system_events);
        let shared = Arc::new(Shared::new(log, ports.iter().map(Port::address)));
        let launch = |(number, port)| {
            Node::launch(number, port, runtime.clone(), Arc::clone(&shared), options.clone())
        };
        let nodes = ports.into_iter().enumerate().map(launch).collect();
        Self { nodes, shared, options, runtime: None }
    }

    /// One of its nodes, from 0.
    pub fn node(&self, number: usize) -> &Arc<Node> {
        &self.nodes[number]
    }

    /// How many nodes it has, running or not.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// Makes another node the leader.
    pub fn elect(&self, number: usize) {
        self.shared.elect(number);
    }

    /// What a client connects with: all nodes, the first user, the certificates. It discovers in short intervals.
    pub fn connection_string(&self) -> String {
        let user = self.options.users.first().map(|(name, password)| format!("{name}:{password}@"));
        let hosts: Vec<_> = self.nodes.iter().map(|node| node.address().to_string()).collect();
        let security =
            self.options.tls.as_ref().map_or("tls=false".to_owned(), Tls::connection_parameters);
        format!(
            "kurrentdb://{}{}?{security}&discoveryInterval=10",
            user.unwrap_or_default(),
            hosts.join(",")
        )
    }

    /// Events that somebody else writes to a stream of his.
    pub fn write_foreign(&self, stream: &str, n: usize) {
        let event = |index| Proposed {
            id: Uuid::new_v4(),
            kind: "SomethingElse".to_owned(),
            json: true,
            custom_metadata: Bytes::new(),
            data: format!(r#"{{"index":{index}}}"#).into(),
        };
        self.shared.write(|log| log.append(stream, (0..n).map(event).collect()));
    }

    /// Hides what stands in a stream before a revision.
    pub fn truncate(&self, stream: &str, before_revision: u64) {
        self.shared.write(|log| log.truncate(stream, before_revision));
    }

    /// Closes a stream for good.
    pub fn tombstone(&self, stream: &str) {
        self.shared.write(|log| log.tombstone(stream));
    }

    /// Deletes a stream so that appending brings it back.
    pub fn soft_delete(&self, stream: &str) {
        self.shared.write(|log| log.soft_delete(stream));
    }

    /// The whole log as it stands, system events and all.
    pub fn all_records(&self) -> Vec<StoredEvent> {
        self.shared.log().records().iter().map(|record| record.stored()).collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for node in &self.nodes {
            node.stop();
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A single node, which is a cluster of one.
pub struct Server(Cluster);

impl Server {
    /// Starts it on the runtime of the caller.
    pub async fn start(options: Options) -> Self {
        Self(Cluster::start(1, options).await)
    }

    /// Starts it on a thread of its own, for callers that block theirs.
    pub fn start_on_thread(options: Options) -> Self {
        Self(Cluster::start_on_thread(1, options))
    }

    /// Its only node.
    pub fn node(&self) -> &Arc<Node> {
        self.0.node(0)
    }
}

impl Deref for Server {
    type Target = Cluster;

    fn deref(&self) -> &Cluster {
        &self.0
    }
}
