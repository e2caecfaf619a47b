//! 开始: nobody goes into danger uninsured, and no minor at all (志愿服务条例 §17).

use super::{Activity, Event, Rejection, Started};

impl Activity {
    pub(super) fn start(&self) -> Result<Vec<Event>, Rejection> {
        self.announced()?;
        if self.dangerous {
            if !self.risk_assessed {
                return Err(Rejection::RiskNotAssessed {});
            }
            let minor = self.signed_up().filter(|(_, one)| one.minor).map(|(who, _)| *who).min();
            if let Some(volunteer) = minor {
                return Err(Rejection::MinorInDanger { volunteer });
            }
            let uninsured: Vec<_> =
                self.signed_up().filter(|(_, one)| !one.insured).map(|(who, _)| *who).collect();
            if let Some(&volunteer) = uninsured.iter().min() {
                return Err(Rejection::Uninsured { volunteer, count: uninsured.len() });
            }
        }
        let participants = u32::try_from(self.signed_up().count()).unwrap_or(u32::MAX);
        Ok(vec![Event::Started(Started { participants })])
    }
}
