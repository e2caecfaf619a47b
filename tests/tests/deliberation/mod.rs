//! 援法议事 without HTTP: who may, what follows by itself, what time alone brings about.

mod codes;
mod following;
mod people;
mod standing;
mod time;
