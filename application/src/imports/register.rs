//! The units that are registered, as a table refers to them: by a code in any of its forms, and by a name beside it.

use std::collections::HashMap;

use domain::writing::Writing;
use domain::{Directory, Text, UnitCode};

use super::fields::Fields;
use super::problems::Reason;

/// The most codes that a problem offers.
const MOST_OFFERED: usize = 3;

/// Units by code and by name.
#[derive(Debug, Clone, Default)]
pub struct Register {
    names: HashMap<UnitCode, Text<80>>,
    codes: HashMap<String, Vec<UnitCode>>,
}

impl Register {
    /// All units of the county.
    #[must_use]
    pub fn of(units: &Directory) -> Self {
        let mut register = Self::default();
        let mut sorted: Vec<_> = units.iter().collect();
        sorted.sort_by_key(|(code, _)| *code);
        for (code, node) in sorted {
            register.add(code.clone(), node.name.clone());
        }
        register
    }

    /// One more unit.
    pub fn add(&mut self, code: UnitCode, name: Text<80>) {
        let codes = self.codes.entry(key(name.as_str())).or_default();
        if !codes.contains(&code) {
            codes.push(code.clone());
        }
        self.names.insert(code, name);
    }

    /// Whether a unit has this code.
    #[must_use]
    pub fn knows(&self, code: &UnitCode) -> bool {
        self.names.contains_key(code)
    }

    /// A code as its unit is registered, whichever form of a statistical division code it has; the shortest form of one that is
    /// not registered.
    #[must_use]
    pub fn resolve(&self, code: &UnitCode) -> UnitCode {
        if self.knows(code) {
            return code.clone();
        }
        let mut forms = code.forms();
        let known = forms.iter().position(|form| self.knows(form)).unwrap_or_default();
        forms.swap_remove(known)
    }

    /// The units of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> &[UnitCode] {
        self.codes.get(&key(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Reads the code of a unit. Where the cell holds the name of one, or of a name beside it the code is missing, the problem
    /// offers the code.
    pub(super) fn read(
        &self,
        fields: &mut Fields<'_>,
        code_column: &'static str,
        name_column: &'static str,
    ) -> Option<UnitCode> {
        let name = fields.read(name_column, |name| Ok::<_, Reason>(name.to_owned()));
        let offer = name.as_deref().and_then(|name| self.offer(name));
        if fields.is_blank(code_column)
            && let Some(offer) = offer
        {
            fields.refuse(code_column, offer);
            return None;
        }
        let code = fields.read(code_column, |text| match UnitCode::new(text) {
            Ok(code) => Ok(self.resolve(&code)),
            Err(bad) => Err(self.offer(text).or(offer).unwrap_or_else(|| bad.into())),
        })?;
        if let Some(name) = name {
            self.check(fields, code_column, &code, &name);
        }
        Some(code)
    }

    /// Notes a problem where a unit's code and the name beside it are two units'. What is not registered is not compared.
    pub(super) fn check(
        &self,
        fields: &mut Fields<'_>,
        code_column: &'static str,
        code: &UnitCode,
        name: &str,
    ) {
        let (told, namesakes) = (key(name), self.codes.get(&key(name)));
        if namesakes.is_some_and(|codes| codes.contains(code)) {
            return;
        }
        let Some(registered) = self.names.get(code) else {
            if let Some(offer) = self.offer(name) {
                fields.refuse(code_column, offer);
            }
            return;
        };
        // 示例街道 is what people say of 示例街道办事处, unless it is another unit's name.
        let (known, whole) = (key(registered.as_str()), namesakes.is_none());
        if whole && !told.is_empty() && (known.contains(&told) || told.contains(&known)) {
            return;
        }
        let (zh, en) = namesakes.map_or_else(Default::default, |codes| {
            let codes = listed(codes);
            (
                format!("；表中这个名称的代码是{codes}"),
                format!(" (the name in the table has {codes})"),
            )
        });
        fields.refuse(
            code_column,
            Reason::new(
                "row.unit_name",
                format!("{code}登记的名称是“{registered}”，与表中的单位名称不符{zh}；请核对代码和名称。"),
                format!("{code} is registered as \"{registered}\", not by the name in the table{en}; compare code and name."),
            ),
        );
    }

    /// The code of a unit that only its name tells.
    fn offer(&self, name: &str) -> Option<Reason> {
        let codes = self.codes.get(&key(name))?;
        let name = codes.first().and_then(|code| self.names.get(code))?;
        let codes = listed(codes);
        Some(Reason::new(
            "row.unit_code",
            format!("应填写单位代码；“{name}”的代码是{codes}。"),
            format!("The code of the unit is expected; that of \"{name}\" is {codes}."),
        ))
    }
}

fn listed(codes: &[UnitCode]) -> String {
    let mut shown: Vec<&str> = codes.iter().take(MOST_OFFERED).map(UnitCode::as_str).collect();
    if codes.len() > MOST_OFFERED {
        shown.push("…");
    }
    shown.join(", ")
}

/// A name without spaces and the width of its signs.
fn key(name: &str) -> String {
    let written = Writing::Figure.normalise(name).unwrap_or_default();
    written.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
