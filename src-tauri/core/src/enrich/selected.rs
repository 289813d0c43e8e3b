//! Whom an enrichment is about, as lines of the journal in their order, each with how it stands: those selected, those named,
//! or the companies of either. Makes no call.

use std::collections::HashMap;

use super::asked::EnrichWhat;
use super::journal::tenant_number;
use super::names::{PaidFor, People};
use super::order::{EnrichInput, EnrichWhom};
use super::plan::{Plan, Standing, Whose, Wish};
use super::{clue, knowledge};
use crate::apollo::enrichment::Clue;
use crate::error::Error;
use crate::foray::Foray;
use crate::people::companies::Employers;
use crate::people::{Among, PeopleQuery, Picked, selected};
use crate::tenant::TenantId;

/// A line of the journal, none where there is nothing to ask by, and how it stands.
type Selected = (Option<String>, Standing);

impl Foray {
    /// All that an enrichment would ask for.
    ///
    /// # Errors
    /// [`Error::BadInput`]; the disk.
    pub(super) async fn plan(&self, tenant: TenantId, input: &EnrichInput) -> Result<Plan<String>, Error> {
        let wish = input.terms().wish();
        match (input.what, &input.whom) {
            (EnrichWhat::People, EnrichWhom::People { people }) => {
                Ok(Plan::of(input.what, self.named(tenant, people, wish).await?, wish))
            }
            (EnrichWhat::People, whom) => {
                let query = self.query_of(tenant, whom).await?;
                Ok(Plan::of(input.what, self.stored(tenant, query, wish).await?, wish))
            }
            (EnrichWhat::Companies, EnrichWhom::Domains { domains }) => {
                let domains = domains.iter().map(|line| clue::read_domain(line)).collect();
                Ok(Plan::of(input.what, self.companies(tenant, domains, wish).await?, wish))
            }
            (EnrichWhat::Companies, whom) => {
                let query = self.query_of(tenant, whom).await?;
                let employers = self.access(tenant).await?.files.store.employers(query).await?;
                let Employers { people, without_domain, domains } = employers;
                let domains = domains.into_iter().map(Some).collect();
                let mut plan = Plan::of(input.what, self.companies(tenant, domains, wish).await?, wish);
                plan.whose = Some(Whose { people, without_domain });
                Ok(plan)
            }
        }
    }

    /// The people of the store who are meant.
    async fn query_of(&self, tenant: TenantId, whom: &EnrichWhom) -> Result<PeopleQuery, Error> {
        Ok(match whom {
            EnrichWhom::Selected { selection } => selected(&self.access(tenant).await?, selection, self.clock().now())?,
            EnrichWhom::Runs { runs } => PeopleQuery::of(Among::Runs(runs.clone())),
            EnrichWhom::People { people } => {
                PeopleQuery { picked: Picked::Only { ids: people.clone() }, ..PeopleQuery::of(Among::Everybody) }
            }
            EnrichWhom::Domains { .. } => {
                return Err(Error::bad_input("whom", "Domains name companies. Say which people to enrich."));
            }
        })
    }

    /// People of the store, by Apollo's ids.
    async fn stored(&self, tenant: TenantId, query: PeopleQuery, wish: Wish) -> Result<Vec<Selected>, Error> {
        let owner = tenant.to_string();
        let store = &self.access(tenant).await?.files.store;
        let ids = store.ids(query).await?;
        let found = store.read(move |view| {
            let texts = ids.into_iter().map(Some);
            standings(view.connection, &owner, Some(view.tenant), texts, wish)
        });
        Ok(found.await?.unwrap_or_default())
    }

    /// People a user named. One who is in the store is asked for by Apollo's id, which is the surest; others once, however
    /// they are written.
    async fn named(&self, tenant: TenantId, people: &[String], wish: Wish) -> Result<Vec<Selected>, Error> {
        let clues: Vec<Option<Clue>> = people.iter().map(|line| clue::read(line)).collect();
        let by_ids = clues.iter().flatten().all(|clue| matches!(clue, Clue::Id(_)));
        let store = self.access(tenant).await?.files.store;
        let known = store.read(move |view| {
            if by_ids { Ok(People::default()) } else { People::in_store(view.connection, Some(view.tenant)) }
        });
        let known = known.await?.unwrap_or_default();
        let mut spellings = HashMap::new();
        let texts = clues.into_iter().map(|clue| {
            let clue = clue?;
            if let Some(id) = known.known_as(&clue) {
                return Some(id.to_owned());
            }
            let first: &Clue = spellings.entry(clue.canonical()).or_insert(clue);
            Some(clue::to_text(first))
        });
        self.stand(tenant, texts.collect(), wish).await
    }

    /// Companies by their domains.
    async fn companies(
        &self,
        tenant: TenantId,
        domains: Vec<Option<String>>,
        wish: Wish,
    ) -> Result<Vec<Selected>, Error> {
        let texts = domains.into_iter().map(|domain| Some(clue::of_company(&domain?)));
        self.stand(tenant, texts.collect(), wish).await
    }

    /// How these lines stand, whether or not they are in the store.
    async fn stand(&self, tenant: TenantId, texts: Vec<Option<String>>, wish: Wish) -> Result<Vec<Selected>, Error> {
        let owner = tenant.to_string();
        let journal = self.journal(tenant).await?;
        journal
            .database
            .run(move |connection| {
                let number = tenant_number(connection, &owner)?;
                standings(connection, &owner, number, texts.into_iter(), wish)
            })
            .await
    }
}

fn standings(
    connection: &rusqlite::Connection,
    tenant: &str,
    number: Option<i64>,
    texts: impl Iterator<Item = Option<String>>,
    wish: Wish,
) -> rusqlite::Result<Vec<Selected>> {
    let mut paid_for = PaidFor::read(connection, tenant)?;
    texts
        .map(|text| {
            let standing = match &text {
                Some(text) => knowledge::standing(connection, tenant, number, &mut paid_for, text, wish)?,
                None => Standing::ToAsk,
            };
            Ok((text, standing))
        })
        .collect()
}
