//! Made-up people's first and last names, by culture, with the Latin spelling for their addresses.
//! Names of cultures, never of persons: first and last are drawn apart. Must hold no logic about titles or places.

/// A name as it is shown, and the letters it gives to an e-mail address.
pub struct Name {
    pub shown: String,
    pub latin: String,
}

/// Whose names are drawn for a place.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Culture {
    English,
    German,
    French,
    Spanish,
    Italian,
    Nordic,
    Slavic,
    Dutch,
    Portuguese,
    Indian,
    Chinese,
    Japanese,
    Korean,
    Arabic,
    Hebrew,
    Turkish,
    African,
}

/// First and last names of each culture in the order of [`Culture`], blank-separated. `shown|latin` where the script
/// is not Latin; an underscore stands for a blank inside one name.
const NAMES: [(&str, &str); 17] = [
    (
        "Olivia Amelia Grace Harper Chloe Abigail Ruby Hannah Megan Lauren Natalie Brooke James Oliver Henry Jack Thomas \
         Ethan Mason Logan Tyler Ryan Connor Dylan Siobhán Caoimhe Declan Rhys Mary-Jane Morgan",
        "Carter Bennett Walker Hughes Foster Brooks Hayes Reed Sullivan Murphy O'Brien O'Connor Fitzgerald Whitaker Ashworth \
         Langley Pemberton Thornton Blackwood Fairfax Holloway Kingsley Marlowe Prescott Redmond Sinclair Thatcher Underwood \
         Smith-Jones McAllister",
    ),
    (
        "Anna Lena Sophie Katharina Jürgen Günther Käthe Björn Matthias Lukas Jonas Felix Maximilian Stefan Thorsten Uwe Heike \
         Birgit Annegret Friederike Jörg Sören Ute Wolfgang Hans-Peter Anneliese Claudia Petra Sabine Tobias",
        "Müller Schmidt Schneider Fischer Weiß Großmann Köhler Schäfer Krüger Böhm Lößl Zimmermann Hoffmann Neumann Kaufmann \
         Vogelsang Hagedorn Lindenberg von_Arnsberg Rübsam Özkan Strauß Wüst Eichhorn Brandstätter Oberhuber Leutenegger \
         Zürcher Gmür Meier-Landolt",
    ),
    (
        "Chloé Zoé Léa Manon Camille Élodie Margaux Anaïs Océane Hélène François Étienne Jérôme Sébastien Loïc Raphaël Théo \
         Gaël Benoît Rémi Noémie Agnès Mathilde Jean-Luc Marie-Claire Cédric Aurélien Quentin",
        "Lefèvre Dubois Moreau Girard Rousseau Bérenger Châtelain Desrosiers Fontaine Gauthier Lemaître Marchand Pélissier \
         Renaud Tessier Vasseur Beaulieu d'Aubigny Delacroix Montclair Garçon Hervé Lécuyer Noël Poirier Sauvageot",
    ),
    (
        "Lucía Sofía María José Álvaro Íñigo Begoña Concepción Pilar Nuria Andrés Joaquín Ramón Sergio Héctor Inés Ximena \
         Paola Diego Martín Nicolás Mónica Verónica Rocío Raúl Óscar Julián Camila",
        "García_López Fernández Núñez Muñoz Ibáñez Peña Ordóñez Castaño Vázquez Domínguez Échevarría Zubizarreta Aguirre \
         Calderón Montoya Quiñones Rojas Salazar Treviño Ureña Villanueva Yáñez Zamora de_la_Fuente Cañizares Belmonte",
    ),
    (
        "Giulia Chiara Francesca Martina Alessia Ginevra Niccolò Matteo Lorenzo Alessandro Riccardo Tommaso Beatrice Elena \
         Ilaria Davide Federico Giovanni Leonardo Pietro Simone Valentina Noemi Eleonora",
        "Rossi Bianchi Esposito Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca Mancini Costa Giordano Rizzo \
         Lombardi Moretti Barbieri Fontana Santoro Mariani D'Angelo Ferrara",
    ),
    (
        "Astrid Ingrid Søren Bjørn Åsa Jörgen Kåre Øyvind Märta Sigríður Þórdís Aino Eero Väinö Päivi Lars Niels Henrik Freja \
         Signe Maja Elin Oskar Magnus Rasmus Jukka Tuuli Guðrún",
        "Sørensen Jørgensen Østergaard Åkerström Lindqvist Bergström Sjöberg Hämäläinen Mäkelä Virtanen Korhonen Nygård \
         Kjærgaard Møller Ødegård Strømme Haugen Dahl Eklund Wikström Jónsdóttir Þorsteinsson Nyström Rautiainen",
    ),
    (
        "Agnieszka Małgorzata Łukasz Paweł Wojciech Żaneta Zdeněk Tomáš Jiří Šárka Božena Dragan Željko Milica Nataša Oksana \
         Dmytro Ivana Stanisław Ewa Jadwiga Ondřej Радка|Radka Олена|Olena Борис|Boris",
        "Kowalczyk Wiśniewska Wójcik Zieliński Łukasiewicz Dąbrowski Święcicki Novák Dvořák Procházka Černý Růžička Jovanović \
         Đorđević Petrović Kovač Horváth Szabó Nagy Popescu Ionescu Dimitrov Коваленко|Kovalenko Шевчук|Shevchuk",
    ),
    (
        "Sanne Femke Lotte Anouk Daan Bram Sjoerd Maarten Pieter Joost Wouter Marijke Liesbeth Roos Jeroen Thijs Ruben Noor \
         Saskia Koen",
        "de_Vries van_den_Berg van_Dijk Bakker Janssen Visser Smit Meijer de_Groot Bos Mulder Hendriks Dekker Brouwer Dijkstra \
         van_der_Meer Kuipers Verbeek Wouters Claes",
    ),
    (
        "João Antônio Conceição Luísa Inês Beatriz Gonçalo Thiago Caíque Letícia Mariana Fernanda Rafael Otávio Vinícius Simão \
         Catarina Duarte Tomé Benedita",
        "Gonçalves Araújo Magalhães Conceição Sá Simões Guimarães Leitão Brandão Vasconcelos Figueiredo Moura Teixeira Pacheco \
         Azevedo Cardoso da_Silva dos_Santos Fonseca Barreto",
    ),
    (
        "Aarav Vihaan Ananya Diya Ishaan Kavya Meera Nikhil Priya Rohan Sanjana Tanvi Arjun Deepika Gaurav Harini Lakshmi \
         Manish Neha Pooja Rajesh Suresh Varun Yash प्रिया|Priya अर्जुन|Arjun",
        "Sharma Patel Iyer Nair Reddy Mehta Kapoor Chatterjee Mukherjee Bhattacharya Deshpande Kulkarni Joshi Gupta Agarwal \
         Banerjee Chowdhury Menon Pillai Rao Subramaniam Venkataraman Singh शर्मा|Sharma",
    ),
    (
        "Wei Xiaoling Jing Lei Ming Hui Yifan Zihan Meiling Jiahao 伟|Wei 秀英|Xiuying 子涵|Zihan 雨桐|Yutong Li Bo",
        "Wang Li Zhang Chen Yang Zhao Huang Zhou Wu Xu 王|Wang 李|Li 张|Zhang 陈|Chen 欧阳|Ouyang He",
    ),
    (
        "Haruka Yuki Sakura Kenji Takumi Ren Aoi Daichi Naoko Shinji 美咲|Misaki 翔太|Shota さくら|Sakura ケンジ|Kenji 陽菜|Hina",
        "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato 佐藤|Sato 鈴木|Suzuki 高橋|Takahashi 田中|Tanaka",
    ),
    (
        "Ji-woo Seo-yeon Min-jun Ha-eun Do-yun Soo-jin Hyun-woo 지우|Jiwoo 서연|Seoyeon 민준|Minjun",
        "Kim Lee Park Choi Jung Kang Cho Yoon 김|Kim 이|Lee 박|Park 최|Choi",
    ),
    (
        "Fatima Layla Omar Khalid Yusuf Noura Hassan Mariam Tariq Zainab محمد|Mohammed فاطمة|Fatima ليلى|Layla عمر|Omar نورة|Noura",
        "Al-Farsi Al-Mansoori Haddad Khoury Nasser Saleh Rahman Qureshi الهاشمي|Alhashimi حداد|Haddad ناصر|Nasser الفارسي|Alfarsi",
    ),
    (
        "Noa Tamar Yael Avigail Eitan Itai Omer Shira Lior Amit נועה|Noa יעל|Yael איתן|Eitan תמר|Tamar",
        "Cohen Levi Mizrahi Peretz Biton Friedman Azoulay Katz כהן|Cohen לוי|Levi מזרחי|Mizrahi",
    ),
    (
        "Elif Zeynep Ayşe Çağla Gökçe Özlem Şebnem İrem Emre Burak Çağrı Oğuz Ümit Kerem Deniz Yiğit",
        "Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Çetin Güneş",
    ),
    (
        "Adaeze Chinedu Ngozi Oluwaseun Folasade Kwame Ama Thandiwe Sipho Lindiwe Wanjiru Kamau Amina Zola Tendai Abebe",
        "Okafor Adeyemi Nwosu Balogun Mensah Owusu Dlamini Nkosi Mokoena Mwangi Otieno Kimani Bekele Chikwanha van_der_Merwe",
    ),
];

/// First names that break what was not built for them: formulas, quotes, breaks, markup, none at all.
const HOSTILE_FIRST: [&str; 12] = [
    "=HYPERLINK(\"http://evil.example\",\"Click\")",
    "+Anna",
    "-Jonas",
    "@Maria",
    "Robert \"Bob\"",
    "Line\nBreak",
    "Carriage\r\nReturn",
    "Tab\tInside",
    "<b>Bold</b>",
    "Semi;colon, Comma",
    "\u{202E}Reversed",
    "  Padded  ",
];

/// Last names of the same kind.
const HOSTILE_LAST: [&str; 12] = [
    "=1+1",
    "+44 20 7946 0000",
    "-2+3",
    "@SUM(A1:A9)",
    "O\"Malley",
    "Smith, Jr.",
    "'; DROP TABLE people;--",
    "New\nLine",
    "Müller\u{0308}",
    "Null\u{0000}Byte",
    "<script>alert(1)</script>",
    "00123",
];

/// A name that is longer than any column.
const LONG_PART: &str = "Wolfeschlegelsteinhausenbergerdorff";

/// All names, with the stretch that belongs to each culture.
pub struct Names {
    pub all: Vec<Name>,
    first: Vec<(u16, u16)>,
    last: Vec<(u16, u16)>,
    hostile_first: (u16, u16),
    hostile_last: (u16, u16),
    long_last: u16,
}

impl Names {
    pub fn new() -> Self {
        let mut all = Vec::new();
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for (firsts, lasts) in NAMES {
            first.push(append(&mut all, firsts.split_whitespace().map(written)));
            last.push(append(&mut all, lasts.split_whitespace().map(written)));
        }
        let hostile_first = append(&mut all, HOSTILE_FIRST.into_iter().map(plain));
        let hostile_last = append(&mut all, HOSTILE_LAST.into_iter().map(plain));
        let long = plain(&[LONG_PART; 7].join("-"));
        let (long_last, _) = append(&mut all, std::iter::once(long));
        Self { all, first, last, hostile_first, hostile_last, long_last }
    }

    /// First and last name of somebody of this culture, for two free throws.
    pub fn pair(&self, culture: Culture, first: u32, last: u32) -> (u16, u16) {
        (within(self.first[culture as usize], first), within(self.last[culture as usize], last))
    }

    pub fn hostile_first(&self, throw: u32) -> u16 {
        within(self.hostile_first, throw)
    }

    pub fn hostile_last(&self, throw: u32) -> u16 {
        within(self.hostile_last, throw)
    }

    pub fn long_last(&self) -> u16 {
        self.long_last
    }
}

fn append(all: &mut Vec<Name>, names: impl Iterator<Item = Name>) -> (u16, u16) {
    let start = all.len() as u16;
    all.extend(names);
    (start, all.len() as u16 - start)
}

fn within((start, length): (u16, u16), throw: u32) -> u16 {
    start + (throw % u32::from(length)) as u16
}

fn written(entry: &str) -> Name {
    let (shown, latin) = entry.split_once('|').unwrap_or((entry, entry));
    Name { shown: shown.replace('_', " "), latin: address_letters(latin) }
}

fn plain(shown: &str) -> Name {
    Name { shown: shown.to_owned(), latin: address_letters(shown).chars().take(30).collect() }
}

/// The lower-case ASCII letters that stand for a name in an address; accents fall away.
pub fn address_letters(name: &str) -> String {
    let mut letters = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        match character {
            'a'..='z' | '0'..='9' => letters.push(character),
            'ä' | 'æ' => letters.push_str("ae"),
            'ö' | 'ø' => letters.push_str("oe"),
            'ü' => letters.push_str("ue"),
            'ß' => letters.push_str("ss"),
            'þ' => letters.push_str("th"),
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' => letters.push('a'),
            'ç' | 'ć' | 'č' => letters.push('c'),
            'ð' | 'đ' => letters.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => letters.push('e'),
            'ğ' => letters.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ı' => letters.push('i'),
            'ł' => letters.push('l'),
            'ñ' | 'ń' => letters.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' => letters.push('o'),
            'ř' => letters.push('r'),
            'ś' | 'š' | 'ş' => letters.push('s'),
            'ù' | 'ú' | 'û' | 'ů' => letters.push('u'),
            'ý' => letters.push('y'),
            'ź' | 'ż' | 'ž' => letters.push('z'),
            _ => {}
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_culture_gives_letters_for_an_address() {
        let names = Names::new();
        for name in &names.all[..usize::from(names.hostile_first.0)] {
            assert!(!name.latin.is_empty(), "{}", name.shown);
            assert!(!name.shown.contains('|'), "{}", name.shown);
        }
    }
}
