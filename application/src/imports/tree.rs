//! Parents before children, whatever the order of the file.

use std::collections::{HashMap, VecDeque};

use domain::UnitCode;

use super::Numbered;

/// A row that names its parent.
pub(super) trait Child {
    fn code(&self) -> &UnitCode;
    fn parent(&self) -> Option<&UnitCode>;
}

/// Splits rows into those reached from a root, parents first and otherwise in the order of the file,
/// and those never reached: their parent is missing, or they are each other's parents.
pub(super) fn parents_first<T: Child>(
    rows: Vec<Numbered<T>>,
    is_root: impl Fn(&T) -> bool,
) -> (Vec<Numbered<T>>, Vec<Numbered<T>>) {
    let mut children: HashMap<UnitCode, Vec<usize>> = HashMap::new();
    let mut queue = VecDeque::new();
    for (index, Numbered { value, .. }) in rows.iter().enumerate() {
        match value.parent() {
            Some(parent) if !is_root(value) => {
                children.entry(parent.clone()).or_default().push(index)
            }
            Some(_) | None => queue.push_back(index),
        }
    }
    let mut rows: Vec<Option<Numbered<T>>> = rows.into_iter().map(Some).collect();
    let mut reached = Vec::with_capacity(rows.len());
    while let Some(index) = queue.pop_front() {
        if let Some(row) = rows[index].take() {
            queue.extend(children.remove(row.value.code()).unwrap_or_default());
            reached.push(row);
        }
    }
    (reached, rows.into_iter().flatten().collect())
}
