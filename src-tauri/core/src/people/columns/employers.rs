//! Industry and headcount of people's companies. What was told of a company stands first; of the others only the questions
//! tell that found their people: who was found by asking for one value alone has it, a question for several tells of none.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Columns;
use super::values::Values;
use crate::people::company::{CompanyFact, size_of};
use crate::people::{companies, runs};

/// For each row the values of its company; several where it was found by asking for each.
#[derive(Debug)]
pub struct Employers {
    pub industry: Values<Vec<String>>,
    pub headcount: Values<Vec<String>>,
}

impl Employers {
    pub fn read(connection: &Connection, tenant: i64, columns: &Columns) -> rusqlite::Result<Self> {
        let (mut industries, mut headcounts): (BTreeMap<_, Vec<i64>>, BTreeMap<_, Vec<i64>>) = Default::default();
        for (run, filters) in runs::questions(connection, tenant)? {
            for (values, runs_of) in [(filters.industries, &mut industries), (filters.company_sizes, &mut headcounts)] {
                if let [value] = values.as_slice() {
                    runs_of.entry(value.clone()).or_default().push(run);
                }
            }
        }
        let column = |runs_of| asked_for(connection, columns, runs_of);
        let (mut industry, mut headcount) = (column(industries)?, column(headcounts)?);
        companies::each_employee(connection, tenant, |number, fact, value| {
            let Some(row) = columns.row_of(number) else { return };
            match fact {
                CompanyFact::Industry => industry.put(row, &[value.to_owned()][..]),
                CompanyFact::Employees => {
                    // What is no number of people tells of no size.
                    if let Some(size) = size_of(value) {
                        headcount.put(row, &[size.to_owned()][..]);
                    }
                }
                _ => {}
            }
        })?;
        Ok(Self { industry, headcount })
    }
}

/// For each row the values that it was asked for by.
fn asked_for(
    connection: &Connection,
    columns: &Columns,
    runs_of: BTreeMap<String, Vec<i64>>,
) -> rusqlite::Result<Values<Vec<String>>> {
    let mut told: Values<Vec<String>> = Values::all_of(Vec::new(), columns.len());
    for (value, runs) in runs_of {
        for run in runs {
            let found = runs::people_of_runs(connection, &[run])?;
            for row in found.into_iter().filter_map(|number| columns.row_of(number)) {
                let mut known = told.of(row).clone();
                if !known.contains(&value) {
                    known.push(value.clone());
                    told.put(row, known.as_slice());
                }
            }
        }
    }
    Ok(told)
}
