//! Durable commands over HTTP against bare appends.

pub fn run() {}
