//! The auditors' program replay: verify, rebuild, as-of, diff, explain, export.
