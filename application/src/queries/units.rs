use domain::unit::Kind;
use domain::{Actor, UnitCode};
use projections::models::quota::{Filter, UnitQuota};
use projections::{Page, described};

use super::{Queries, View};
use crate::Error;

described! {
    /// 单位 a unit as it is registered: what the import of units reads, without the administrator.
    pub struct Unit as "RegisteredUnit" {
        /// 单位代码 code of the unit
        pub unit: UnitCode,
        /// 单位名称 name
        #[example = "县司法局"]
        pub name: String,
        /// 上级代码 unit above
        pub parent: Option<UnitCode>,
        /// 类别 kind
        pub kind: Kind,
        /// 总人数 people of the unit itself; none where it declared none
        pub headcount: Option<i64>,
        /// 任务数 task number assigned to the unit itself; none where none is assigned
        pub task: Option<i64>,
        /// 归口代码 department its people count towards instead of the unit above
        pub attributed_to: Option<UnitCode>,
    }
}

described! {
    /// 区划 an administrative division, as the import of divisions reads it.
    pub struct Division {
        /// 区划代码 code of the division
        pub code: UnitCode,
        /// 级别 county, town or village
        pub level: Kind,
        /// 名称 name
        #[example = "示例镇"]
        pub name: String,
        /// 上级代码 division above; the county has none
        pub parent_code: Option<UnitCode>,
    }
}

impl Queries {
    /// 单位名册: all units but the county, which stands among the divisions, by code.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn units(
        &self,
        actor: &Actor,
        filter: Filter,
        view: &View,
    ) -> Result<Page<Unit>, Error> {
        let Page { items, next } = self.quotas(actor, filter, view).await?;
        let units = items.into_iter().map(|found| found.unit);
        let counted = |number: i64| (number > 0).then_some(number);
        let items = units.filter(|unit| unit.kind != Kind::County).map(|unit| Unit {
            unit: unit.unit,
            name: unit.name,
            parent: unit.parent,
            kind: unit.kind,
            headcount: counted(unit.headcount),
            task: counted(unit.task),
            attributed_to: unit.attributed_to,
        });
        Ok(Page { items: items.collect(), next })
    }

    /// 区划: county, towns and villages, by code.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn divisions(
        &self,
        actor: &Actor,
        within: Option<UnitCode>,
        view: &View,
    ) -> Result<Page<Division>, Error> {
        let filter = Filter { within, ..Filter::default() };
        let Page { items, next } = self.quotas(actor, filter, view).await?;
        let division = |UnitQuota { unit, .. }: UnitQuota| {
            matches!(unit.kind, Kind::County | Kind::Town | Kind::Village).then_some(Division {
                code: unit.unit,
                level: unit.kind,
                name: unit.name,
                parent_code: unit.parent,
            })
        };
        Ok(Page { items: items.into_iter().filter_map(division).collect(), next })
    }
}
