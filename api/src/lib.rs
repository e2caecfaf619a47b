//! The service yuanfa: HTTP API, policies, scheduler, imports, demo and wiring.
