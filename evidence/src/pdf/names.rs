//! The names that make a document active.

/// Names of what runs, starts programs, sends data, or carries other files.
pub(super) const ACTIVE: [&[u8]; 7] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"FileAttachment",
];
/// The same, in so few letters that they occur by chance in the noise of a compressed stream.
pub(super) const SHORT: [&[u8]; 2] = [b"JS", b"XFA"];
