//! The cities where the made-up people and companies are, and how a location filter's value names them.
//! City, state and country names only: no addresses of anybody.

use super::names::Culture;

/// A city with everything an answer says about it.
pub struct Place {
    pub city: &'static str,
    pub state: &'static str,
    pub country: &'static str,
    /// Further names of the city or the state, lower case.
    local_aliases: &'static [&'static str],
    /// Further names of the country, lower case.
    country_aliases: &'static [&'static str],
    pub time_zone: &'static str,
    /// The country's dialling code without `+`.
    pub dialling_code: &'static str,
    pub culture: Culture,
    pub weight: u32,
}

const US: &[&str] = &["us", "usa", "united states of america", "america"];
const UK: &[&str] = &["uk", "gb", "great britain"];
const DE: &[&str] = &["de", "deutschland"];
const NONE: &[&str] = &[];

macro_rules! places {
    ($($city:literal, $state:literal, $country:literal, $local:expr, $country_aliases:expr, $zone:literal, $code:literal, $culture:ident, $weight:literal;)*) => {
        &[$(Place {
            city: $city, state: $state, country: $country, local_aliases: $local, country_aliases: $country_aliases,
            time_zone: $zone, dialling_code: $code, culture: Culture::$culture, weight: $weight,
        }),*]
    };
}

/// City, state, country, other names, zone, dialling code, whose names, weight.
pub const PLACES: &[Place] = places! {
    "San Francisco", "California", "United States", &["sf", "ca", "san francisco bay area"], US, "America/Los_Angeles", "1", English, 48;
    "Los Angeles", "California", "United States", &["la", "ca"], US, "America/Los_Angeles", "1", English, 30;
    "San Diego", "California", "United States", &["ca"], US, "America/Los_Angeles", "1", Spanish, 14;
    "San Jose", "California", "United States", &["ca", "san josé"], US, "America/Los_Angeles", "1", Indian, 16;
    "New York", "New York", "United States", &["ny", "nyc", "new york city"], US, "America/New_York", "1", English, 52;
    "Buffalo", "New York", "United States", &["ny"], US, "America/New_York", "1", English, 5;
    "Boston", "Massachusetts", "United States", &["ma"], US, "America/New_York", "1", English, 24;
    "Chicago", "Illinois", "United States", &["il"], US, "America/Chicago", "1", English, 26;
    "Austin", "Texas", "United States", &["tx"], US, "America/Chicago", "1", English, 22;
    "Dallas", "Texas", "United States", &["tx"], US, "America/Chicago", "1", English, 18;
    "Houston", "Texas", "United States", &["tx"], US, "America/Chicago", "1", Spanish, 14;
    "Seattle", "Washington", "United States", &["wa", "washington state"], US, "America/Los_Angeles", "1", English, 20;
    "Denver", "Colorado", "United States", &["co"], US, "America/Denver", "1", English, 14;
    "Atlanta", "Georgia", "United States", &["ga"], US, "America/New_York", "1", African, 16;
    "Miami", "Florida", "United States", &["fl"], US, "America/New_York", "1", Spanish, 15;
    "Phoenix", "Arizona", "United States", &["az"], US, "America/Phoenix", "1", English, 9;
    "Minneapolis", "Minnesota", "United States", &["mn"], US, "America/Chicago", "1", Nordic, 9;
    "Raleigh", "North Carolina", "United States", &["nc"], US, "America/New_York", "1", English, 8;
    "Salt Lake City", "Utah", "United States", &["ut"], US, "America/Denver", "1", English, 8;
    "Columbus", "Ohio", "United States", &["oh"], US, "America/New_York", "1", English, 8;
    "Toronto", "Ontario", "Canada", &["on"], &["ca"], "America/Toronto", "1", English, 22;
    "Montréal", "Quebec", "Canada", &["montreal", "québec", "qc"], &["ca"], "America/Toronto", "1", French, 12;
    "Vancouver", "British Columbia", "Canada", &["bc"], &["ca"], "America/Vancouver", "1", Chinese, 10;
    "Mexico City", "Mexico City", "Mexico", &["ciudad de méxico", "cdmx"], &["mx", "méxico"], "America/Mexico_City", "52", Spanish, 14;
    "São Paulo", "State of São Paulo", "Brazil", &["sao paulo", "são paulo"], &["br", "brasil"], "America/Sao_Paulo", "55", Portuguese, 22;
    "Buenos Aires", "Buenos Aires", "Argentina", NONE, &["ar"], "America/Argentina/Buenos_Aires", "54", Spanish, 9;
    "Bogotá", "Bogota", "Colombia", &["bogota"], &["co"], "America/Bogota", "57", Spanish, 8;
    "London", "England", "United Kingdom", &["greater london"], UK, "Europe/London", "44", English, 52;
    "Manchester", "England", "United Kingdom", NONE, UK, "Europe/London", "44", English, 14;
    "Edinburgh", "Scotland", "United Kingdom", NONE, UK, "Europe/London", "44", English, 8;
    "Dublin", "County Dublin", "Ireland", NONE, &["ie"], "Europe/Dublin", "353", English, 14;
    "Berlin", "Berlin", "Germany", NONE, DE, "Europe/Berlin", "49", German, 34;
    "Munich", "Bavaria", "Germany", &["münchen", "bayern"], DE, "Europe/Berlin", "49", German, 28;
    "Hamburg", "Hamburg", "Germany", NONE, DE, "Europe/Berlin", "49", German, 20;
    "Frankfurt", "Hesse", "Germany", &["frankfurt am main", "hessen"], DE, "Europe/Berlin", "49", German, 18;
    "Cologne", "North Rhine-Westphalia", "Germany", &["köln", "nrw", "nordrhein-westfalen"], DE, "Europe/Berlin", "49", German, 15;
    "Düsseldorf", "North Rhine-Westphalia", "Germany", &["dusseldorf", "nrw", "nordrhein-westfalen"], DE, "Europe/Berlin", "49", Turkish, 9;
    "Stuttgart", "Baden-Württemberg", "Germany", &["baden-wurttemberg"], DE, "Europe/Berlin", "49", German, 11;
    "Vienna", "Vienna", "Austria", &["wien"], &["at", "österreich"], "Europe/Vienna", "43", German, 15;
    "Graz", "Styria", "Austria", &["steiermark"], &["at", "österreich"], "Europe/Vienna", "43", German, 5;
    "Zürich", "Zurich", "Switzerland", &["zurich"], &["ch", "schweiz"], "Europe/Zurich", "41", German, 15;
    "Geneva", "Geneva", "Switzerland", &["genève"], &["ch", "suisse"], "Europe/Zurich", "41", French, 7;
    "Paris", "Île-de-France", "France", &["ile-de-france"], &["fr"], "Europe/Paris", "33", French, 36;
    "Lyon", "Auvergne-Rhône-Alpes", "France", &["auvergne-rhone-alpes"], &["fr"], "Europe/Paris", "33", French, 10;
    "Madrid", "Community of Madrid", "Spain", NONE, &["es", "españa"], "Europe/Madrid", "34", Spanish, 20;
    "Barcelona", "Catalonia", "Spain", NONE, &["es", "españa"], "Europe/Madrid", "34", Spanish, 16;
    "Lisbon", "Lisbon", "Portugal", &["lisboa"], &["pt"], "Europe/Lisbon", "351", Portuguese, 9;
    "Milan", "Lombardy", "Italy", &["milano"], &["it", "italia"], "Europe/Rome", "39", Italian, 18;
    "Rome", "Lazio", "Italy", &["roma"], &["it", "italia"], "Europe/Rome", "39", Italian, 9;
    "Amsterdam", "North Holland", "Netherlands", NONE, &["nl", "the netherlands", "holland"], "Europe/Amsterdam", "31", Dutch, 20;
    "Brussels", "Brussels", "Belgium", &["bruxelles"], &["be"], "Europe/Brussels", "32", Dutch, 9;
    "Stockholm", "Stockholm County", "Sweden", NONE, &["se"], "Europe/Stockholm", "46", Nordic, 16;
    "Copenhagen", "Capital Region", "Denmark", &["københavn"], &["dk"], "Europe/Copenhagen", "45", Nordic, 12;
    "Oslo", "Oslo", "Norway", NONE, &["no"], "Europe/Oslo", "47", Nordic, 10;
    "Helsinki", "Uusimaa", "Finland", NONE, &["fi"], "Europe/Helsinki", "358", Nordic, 9;
    "Warsaw", "Masovian Voivodeship", "Poland", &["warszawa"], &["pl"], "Europe/Warsaw", "48", Slavic, 16;
    "Prague", "Prague", "Czechia", &["praha"], &["cz", "czech republic"], "Europe/Prague", "420", Slavic, 9;
    "Kyiv", "Kyiv City", "Ukraine", &["kiev"], &["ua"], "Europe/Kyiv", "380", Slavic, 6;
    "Istanbul", "Istanbul", "Turkey", NONE, &["tr", "türkiye"], "Europe/Istanbul", "90", Turkish, 11;
    "Tel Aviv", "Tel Aviv District", "Israel", &["tel aviv-yafo"], &["il"], "Asia/Jerusalem", "972", Hebrew, 10;
    "Dubai", "Dubai", "United Arab Emirates", NONE, &["uae", "ae"], "Asia/Dubai", "971", Arabic, 11;
    "Riyadh", "Riyadh Province", "Saudi Arabia", NONE, &["sa", "ksa"], "Asia/Riyadh", "966", Arabic, 6;
    "Cairo", "Cairo Governorate", "Egypt", NONE, &["eg"], "Africa/Cairo", "20", Arabic, 5;
    "Lagos", "Lagos State", "Nigeria", NONE, &["ng"], "Africa/Lagos", "234", African, 9;
    "Nairobi", "Nairobi County", "Kenya", NONE, &["ke"], "Africa/Nairobi", "254", African, 6;
    "Cape Town", "Western Cape", "South Africa", NONE, &["za"], "Africa/Johannesburg", "27", African, 8;
    "Bengaluru", "Karnataka", "India", &["bangalore"], &["in"], "Asia/Kolkata", "91", Indian, 34;
    "Mumbai", "Maharashtra", "India", NONE, &["in"], "Asia/Kolkata", "91", Indian, 26;
    "Hyderabad", "Telangana", "India", NONE, &["in"], "Asia/Kolkata", "91", Indian, 14;
    "Singapore", "Singapore", "Singapore", NONE, &["sg"], "Asia/Singapore", "65", Chinese, 18;
    "Tokyo", "Tokyo", "Japan", NONE, &["jp"], "Asia/Tokyo", "81", Japanese, 16;
    "Seoul", "Seoul", "South Korea", NONE, &["kr", "korea"], "Asia/Seoul", "82", Korean, 10;
    "Shanghai", "Shanghai", "China", NONE, &["cn"], "Asia/Shanghai", "86", Chinese, 12;
    "Sydney", "New South Wales", "Australia", &["nsw"], &["au"], "Australia/Sydney", "61", English, 20;
    "Melbourne", "Victoria", "Australia", &["vic"], &["au"], "Australia/Melbourne", "61", English, 14;
    "Auckland", "Auckland", "New Zealand", NONE, &["nz"], "Pacific/Auckland", "64", English, 7;
};

/// The countries above in which Apollo reveals nobody's personal address.
const UNDER_GDPR: [&str; 16] = [
    "United Kingdom",
    "Ireland",
    "Germany",
    "Austria",
    "France",
    "Spain",
    "Portugal",
    "Italy",
    "Netherlands",
    "Belgium",
    "Sweden",
    "Denmark",
    "Norway",
    "Finland",
    "Poland",
    "Czechia",
];

impl Place {
    pub fn is_under_gdpr(&self) -> bool {
        UNDER_GDPR.contains(&self.country)
    }
}

/// How well a filter's value fits a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// Not at all.
    No,
    /// Only for people whose city is known.
    WithCity,
    /// Also for people of whom only the country is known.
    CountryAlone,
}

/// Judges a value such as `Germany`, `California, US` or `Berlin, Germany`: each part has to name the place.
pub fn fit(place: &Place, value: &str) -> Fit {
    let value = value.to_lowercase();
    let mut fit = Fit::CountryAlone;
    let mut parts = value.split(',').map(str::trim).collect::<Vec<_>>();
    let last = parts.pop().unwrap_or_default();
    // The last part may be the country; all others have to be the city or the state.
    if names_country(place, last) {
        if parts.is_empty() {
            return Fit::CountryAlone;
        }
    } else {
        parts.push(last);
    }
    for part in parts {
        if !names_city_or_state(place, part) {
            return Fit::No;
        }
        fit = Fit::WithCity;
    }
    fit
}

fn names_country(place: &Place, part: &str) -> bool {
    place.country.to_lowercase() == part || place.country_aliases.contains(&part)
}

fn names_city_or_state(place: &Place, part: &str) -> bool {
    place.city.to_lowercase() == part || place.state.to_lowercase() == part || place.local_aliases.contains(&part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places_of(value: &str) -> Vec<&'static str> {
        PLACES.iter().filter(|place| fit(place, value) != Fit::No).map(|place| place.city).collect()
    }

    #[test]
    fn a_state_with_its_country_names_the_cities_of_that_state() {
        assert_eq!(places_of("California, US"), ["San Francisco", "Los Angeles", "San Diego", "San Jose"]);
    }

    #[test]
    fn a_country_alone_also_fits_people_without_a_city() {
        assert!(
            PLACES
                .iter()
                .filter(|place| place.country == "Germany")
                .all(|place| fit(place, "germany") == Fit::CountryAlone)
        );
        assert_eq!(places_of("Berlin, Germany"), ["Berlin"]);
        assert_eq!(places_of("Munich, Bavaria, Germany"), ["Munich"]);
    }

    #[test]
    fn an_unknown_place_fits_nowhere() {
        assert!(places_of("Atlantis").is_empty());
        assert!(places_of("Berlin, France").is_empty());
        assert!(places_of("").is_empty());
    }
}
