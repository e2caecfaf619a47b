//! Which file of a crate takes something from which.
//!
//! An arrow goes from a file to the file that defines a name it takes, by a `use` line or a path in the code. A
//! `mod.rs` or `lib.rs` is looked through: who takes what it re-exports takes it from where it is defined, and to
//! declare and re-export is no arrow of its own. Tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemUse, UseTree, Visibility};

/// The files of one crate and what each says.
pub struct House {
    /// Module → its file.
    modules: BTreeMap<Vec<String>, PathBuf>,
    files: BTreeMap<PathBuf, File>,
}

/// What matters of a file.
#[derive(Default)]
struct File {
    module: Vec<String>,
    /// Names that it re-exports, with where from; `*` for all of a module.
    re_exports: Vec<(String, Vec<String>)>,
    /// Names that it defines.
    defined: BTreeSet<String>,
    /// Names that it brings in for itself, with where from.
    imports: BTreeMap<String, Vec<String>>,
    /// All paths that it takes something by.
    taken: BTreeSet<Vec<String>>,
}

impl House {
    /// The files of a folder `src`.
    pub fn read(src: &Path) -> Self {
        let mut files = BTreeMap::new();
        let mut folders = vec![src.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap();
                if matches!(name, "tests" | "tests.rs" | "testing" | "testing.rs") {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else if name.ends_with(".rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    files.insert(path.strip_prefix(src).unwrap().to_owned(), text);
                }
            }
        }
        assert!(files.len() > 1, "{} has files", src.display());
        Self::of(files)
    }

    /// Files of these texts.
    pub fn of(texts: BTreeMap<PathBuf, String>) -> Self {
        let mut house = Self { modules: BTreeMap::new(), files: BTreeMap::new() };
        for (path, text) in texts {
            let file = File::read(module_of(&path), &text, is_sign(&path));
            house.modules.insert(file.module.clone(), path.clone());
            house.files.insert(path, file);
        }
        house
    }

    /// The files that a path leads to, seen from a module; a glob leads to its module.
    fn target(&self, from: &[String], path: &[String], depth: usize) -> Option<&PathBuf> {
        let (first, rest) = path.split_first()?;
        let (mut at, mut rest) = match first.as_str() {
            "crate" => (vec![], rest),
            "self" => (from.to_vec(), rest),
            "super" => (from[..from.len().checked_sub(1)?].to_vec(), rest),
            _ => (from.to_vec(), path),
        };
        while rest.first().is_some_and(|next| next == "super") {
            at.pop()?;
            rest = &rest[1..];
        }
        if !matches!(first.as_str(), "crate" | "self" | "super") {
            let child = [&at[..], &[first.clone()]].concat();
            if !self.modules.contains_key(&child) {
                // A name brought in, or another crate.
                let file = &self.files[self.modules.get(&at)?];
                let source = file.imports.get(first).filter(|source| *source != path)?;
                let whole = [&source[..], &path[1..]].concat();
                return (depth > 0).then(|| self.target(from, &whole, depth - 1)).flatten();
            }
        }
        while let Some((next, others)) = rest.split_first() {
            let child = [&at[..], &[next.clone()]].concat();
            if self.modules.contains_key(&child) {
                (at, rest) = (child, others);
                continue;
            }
            let file = &self.files[self.modules.get(&at)?];
            let through = |source: &Vec<String>, tail: &[String]| {
                let whole = [&source[..], tail].concat();
                (depth > 0 && &whole != path).then(|| self.target(&at, &whole, depth - 1)).flatten()
            };
            if file.defined.contains(next) {
                return self.modules.get(&at);
            }
            let named = file.re_exports.iter().find(|(name, _)| name == next);
            let named = named.and_then(|(_, source)| through(source, others));
            let globs = || file.re_exports.iter().filter(|(name, _)| name == "*");
            let by_glob = || globs().find_map(|(_, source)| self.beyond(&at, source, rest, depth));
            return named.or_else(by_glob).or_else(|| self.modules.get(&at));
        }
        self.modules.get(&at)
    }

    /// The file that a re-exported module has a name from; none where it has no such name.
    fn beyond(
        &self,
        from: &[String],
        module: &[String],
        name: &[String],
        depth: usize,
    ) -> Option<&PathBuf> {
        let sign = self.target(from, module, depth.checked_sub(1)?)?;
        let found = self.target(from, &[module, name].concat(), depth - 1)?;
        let first = name.first()?;
        (found != sign || self.files[sign].defined.contains(first)).then_some(found)
    }

    /// For each file those that it takes something from.
    pub fn arrows(&self) -> BTreeMap<&PathBuf, BTreeSet<&PathBuf>> {
        let arrows = self.files.iter().map(|(path, file)| {
            let to = file.taken.iter().filter_map(|taken| self.target(&file.module, taken, 8));
            (path, to.filter(|to| *to != path).collect())
        });
        arrows.collect()
    }

    /// The shortest way round for each file that reaches itself, each circle once.
    pub fn circles(&self) -> Vec<String> {
        let arrows = self.arrows();
        let mut seen = BTreeSet::new();
        let mut circles = Vec::new();
        for &start in arrows.keys() {
            if seen.contains(start) {
                continue;
            }
            let Some(way) = way_back(&arrows, start) else { continue };
            seen.extend(way.iter().copied());
            let names: Vec<String> =
                way.iter().chain([&start]).map(|file| file.display().to_string()).collect();
            circles.push(names.join(" -> "));
        }
        circles
    }
}

/// The shortest way from a file back to itself.
fn way_back<'a>(
    arrows: &BTreeMap<&'a PathBuf, BTreeSet<&'a PathBuf>>,
    start: &'a PathBuf,
) -> Option<Vec<&'a PathBuf>> {
    let mut came_from: BTreeMap<&PathBuf, &PathBuf> = BTreeMap::new();
    let mut next = std::collections::VecDeque::from([start]);
    while let Some(file) = next.pop_front() {
        for &to in &arrows[file] {
            if to == start {
                let mut way = vec![file];
                while let Some(&before) = came_from.get(way[way.len() - 1]) {
                    way.push(before);
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(to) {
                came_from.insert(to, file);
                next.push_back(to);
            }
        }
    }
    None
}

/// `a/b.rs` and `a/b/mod.rs` are the module `a::b`.
fn module_of(path: &Path) -> Vec<String> {
    let mut module: Vec<String> = path
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_str().unwrap().to_owned())
        .collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

/// A file that may only say where things are.
fn is_sign(path: &Path) -> bool {
    matches!(path.file_name().and_then(|name| name.to_str()), Some("mod.rs" | "lib.rs"))
}

impl File {
    fn read(module: Vec<String>, text: &str, sign: bool) -> Self {
        let parsed = syn::parse_file(text).unwrap();
        let mut file = Self { module, ..Self::default() };
        let mut reader = Reader { file: &mut file, sign };
        reader.visit_file(&parsed);
        file
    }
}

struct Reader<'a> {
    file: &'a mut File,
    sign: bool,
}

impl Visit<'_> for Reader<'_> {
    fn visit_item(&mut self, item: &Item) {
        let for_tests = |attributes: &[Attribute]| {
            attributes.iter().any(|attribute| {
                attribute.path().is_ident("cfg")
                    && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
            })
        };
        self.file.defined.extend(name_of(item));
        match item {
            Item::Mod(module) if for_tests(&module.attrs) => {}
            Item::Use(import) if for_tests(&import.attrs) => {}
            Item::Use(import) => self.import(import),
            other => visit::visit_item(self, other),
        }
    }

    fn visit_path(&mut self, path: &syn::Path) {
        if path.segments.len() > 1 && path.leading_colon.is_none() {
            let segments = path.segments.iter().map(|segment| segment.ident.to_string());
            self.file.taken.insert(segments.collect());
        }
        visit::visit_path(self, path);
    }
}

impl Reader<'_> {
    fn import(&mut self, import: &ItemUse) {
        let mut leaves = Vec::new();
        flatten(&import.tree, vec![], &mut leaves);
        let public = !matches!(import.vis, Visibility::Inherited);
        for (name, path) in leaves {
            if public {
                self.file.re_exports.push((name.clone(), path.clone()));
            }
            if !(public && self.sign) {
                self.file.taken.insert(path.clone());
            }
            self.file.imports.insert(name, path);
        }
    }
}

/// What an item is called, where it can be taken by its name.
fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// Each name that a `use` brings in, with its whole path; a glob ends in its module.
fn flatten(tree: &UseTree, mut path: Vec<String>, leaves: &mut Vec<(String, Vec<String>)>) {
    match tree {
        UseTree::Path(part) => {
            path.push(part.ident.to_string());
            flatten(&part.tree, path, leaves);
        }
        UseTree::Group(group) => {
            group.items.iter().for_each(|tree| flatten(tree, path.clone(), leaves));
        }
        UseTree::Glob(_) => leaves.push(("*".into(), path)),
        UseTree::Name(name) if name.ident == "self" => {
            leaves.push((path.last().cloned().unwrap_or_default(), path));
        }
        UseTree::Name(name) => {
            path.push(name.ident.to_string());
            leaves.push((name.ident.to_string(), path));
        }
        UseTree::Rename(renamed) => {
            path.push(renamed.ident.to_string());
            leaves.push((renamed.rename.to_string(), path));
        }
    }
}
