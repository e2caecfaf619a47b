//! What a problem may say of the request that it answers, without handing it through every function.

use std::sync::Arc;

use uuid::Uuid;

/// The request at hand.
#[derive(Debug, Clone)]
pub struct RequestContext {
    /// Its id, made by the service.
    pub request_id: Uuid,
    /// Template of its route, for example `/api/v1/units/{unit}/quota`.
    pub route: Arc<str>,
}

tokio::task_local! {
    /// Set by the outermost layer for all that happens within a request.
    pub static REQUEST_CONTEXT: RequestContext;
}

/// Id of the request at hand.
pub fn request_id() -> Option<String> {
    REQUEST_CONTEXT.try_with(|context| context.request_id.to_string()).ok()
}

/// Route of the request at hand; empty outside one.
pub fn route() -> Arc<str> {
    REQUEST_CONTEXT.try_with(|context| Arc::clone(&context.route)).unwrap_or_default()
}

/// Whether the path of the request at hand names this field: `unit` in `/api/v1/units/{unit}/quota`.
pub fn path_names(field: &str) -> bool {
    route().contains(&format!("{{{field}}}"))
}
