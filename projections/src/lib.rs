//! Read models: each a pure fold from events to rows, and the one runner that keeps them.
