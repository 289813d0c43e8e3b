//! The filters that ask about a company. They are worked out once for each company, never for each person.

use super::{
    matching::{best_fit, bits},
    question::Question,
};
use crate::world::{
    World,
    company::{Company, TECHNOLOGIES},
    places::Fit,
};

/// Which companies every filter on companies lets through.
pub fn companies(world: &World, question: &Question) -> Option<Vec<bool>> {
    let tests = company_tests(world, question);
    if tests.is_empty() {
        return None;
    }
    Some(world.companies.iter().map(|company| tests.iter().all(|test| test(company))).collect())
}

type CompanyTest<'a> = Box<dyn Fn(&Company) -> bool + 'a>;

fn company_tests<'a>(world: &'a World, question: &'a Question) -> Vec<CompanyTest<'a>> {
    let mut tests = Vec::<CompanyTest<'a>>::new();
    if let Some(values) = question.list("organization_num_employees_ranges") {
        let bands = values.iter().filter_map(|value| headcount_band(value)).collect::<Vec<_>>();
        tests.push(Box::new(move |company| {
            bands.iter().any(|(least, most)| (*least..=*most).contains(&company.headcount))
        }));
    }
    if let Some(ids) = question.list("organization_industry_tag_ids") {
        tests.push(Box::new(|company| ids.iter().any(|id| id.eq_ignore_ascii_case(company.industry().1))));
    }
    if let Some(names) = question.list("organization_industries") {
        tests.push(Box::new(|company| names.iter().any(|name| name.to_lowercase() == company.industry().0)));
    }
    if let Some(ids) = question.list("organization_ids") {
        let numbers = ids.iter().filter_map(|id| world.company_with_id(id)).collect::<Vec<_>>();
        tests.push(Box::new(move |company| numbers.contains(&company.number)));
    }
    if let Some(domains) = question.list("q_organization_domains_list") {
        let domains = domains.iter().map(|domain| domain.trim().to_lowercase()).collect::<Vec<_>>();
        tests.push(Box::new(move |company| domains.contains(&company.domain(world.seed))));
    }
    if let Some(values) = question.list("organization_locations") {
        tests.push(Box::new(|company| best_fit(company.place(), values) != Fit::No));
    }
    if let Some(values) = question.list("organization_not_locations") {
        tests.push(Box::new(|company| best_fit(company.place(), values) == Fit::No));
    }
    keyword_and_technology_tests(question, &mut tests);
    if let Some(range) = question.range("revenue_range") {
        tests.push(Box::new(move |company| range.holds(company.revenue as f64)));
    }
    if let Some(range) = question.range("organization_founded_year_range") {
        tests.push(Box::new(move |company| range.holds(f64::from(company.founded))));
    }
    tests
}

fn keyword_and_technology_tests<'a>(question: &'a Question, tests: &mut Vec<CompanyTest<'a>>) {
    let has_tag = |company: &Company, tags: &[String]| {
        let mut own = company.keyword_names().chain([company.industry().0]);
        own.any(|own| tags.iter().any(|tag| tag.trim().to_lowercase() == own))
    };
    if let Some(tags) = question.list("q_organization_keyword_tags") {
        tests.push(Box::new(move |company| has_tag(company, tags)));
    }
    if let Some(tags) = question.list("q_not_organization_keyword_tags") {
        tests.push(Box::new(move |company| !has_tag(company, tags)));
    }
    if let Some(uids) = question.list("currently_using_any_of_technology_uids") {
        let wanted = bits(uids, TECHNOLOGIES.iter());
        tests.push(Box::new(move |company| company.technologies & wanted != 0));
    }
    if let Some(uids) = question.list("currently_using_all_of_technology_uids") {
        let wanted = bits(uids, TECHNOLOGIES.iter());
        let all_known = uids.iter().all(|uid| TECHNOLOGIES.contains(&uid.as_str()));
        tests.push(Box::new(move |company| all_known && company.technologies & wanted == wanted));
    }
    if let Some(uids) = question.list("currently_not_using_any_of_technology_uids") {
        let unwanted = bits(uids, TECHNOLOGIES.iter());
        tests.push(Box::new(move |company| company.technologies & unwanted == 0));
    }
}

/// `"min,max"` or `"min"`; everything else, dashes too, is nobody's size.
fn headcount_band(value: &str) -> Option<(u32, u32)> {
    match value.split_once(',') {
        Some((least, most)) => Some((least.trim().parse().ok()?, most.trim().parse().ok()?)),
        None => Some((value.trim().parse().ok()?, u32::MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headcount_is_a_comma_range_or_a_least_number() {
        assert_eq!(headcount_band("1,10"), Some((1, 10)));
        assert_eq!(headcount_band("10001"), Some((10_001, u32::MAX)));
        for nobody in ["1-10", "10001+", "small", "", "10,"] {
            assert_eq!(headcount_band(nobody), None, "{nobody}");
        }
    }
}
