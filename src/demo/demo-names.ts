const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const FIRST_NAMES = words(`
  Adaeze Alina Amara Anders Anika Arjun Beatriz Bennett Callum Camila Cassian Celeste Dario Delphine Desmond Elena Elias
  Emre Farah Felix Fiona Gareth Giselle Hana Hugo Ibrahim Imogen Ines Jasper Jelena Kaito Keira Lars Leila Linus Lorena
  Magnus Maren Mateo Maya Nadia Naveen Noor Odette Omar Oscar Petra Priya Quentin Rafael Renata Rosalind Samir Selma
  Soren Tamsin Theo Tobias Uma Valentin Vera Wesley Willa Yara Yusuf Zora`);

export const LAST_NAMES = words(`
  Abernethy Adeyemi Albrecht Arroyo Ashdown Bakshi Bellweather Bergstrom Calloway Castellano Chaudhry Corrigan Dalgaard
  Delacroix Dunmore Eastwick Ekström Ellery Fairbairn Falconer Ferreira Gallagher Goswami Grantham Halvorsen Haverford
  Holloway Ibarra Ishikawa Jankowski Kapadia Kestrel Kirkwood Lachance Lindqvist Lockhart Maddox Marchetti Mbeki Merriweather
  Nakamura Norwood Oduya Okafor Ostrander Pellegrino Penhaligon Quintero Rasmussen Ravenscroft Rosario Sandoval Seagrave
  Sørensen Tanaka Thackeray Underhill Valdez Vasquez Wadsworth Whitlock Winslow Yamada Yarrow Zielinski`);

/** Where a practice takes the first word of its name from. */
export const LANDMARKS = words(`
  Beacon Birchwood Bluestone Brightwater Brookside Canyon Cedar Clearview Copperfield Crestview Eastgate Elmwood Fairview
  Foxglove Gateway Glenwood Granite Greenfield Harbor Hawthorn Hearthstone Highland Hillcrest Ironwood Juniper Keystone
  Lakeside Lighthouse Longmeadow Magnolia Maplewood Meridian Millstone Northgate Oakhaven Orchard Parkside Pinecrest Prairie
  Redwood Ridgeline Riverbend Rosewood Sagebrush Silverlake Stonebridge Summit Sunrise Tidewater Valley Westfield Willowbrook`);

export const STREETS = words(`
  Alder Ash Bayberry Bridge Center Chestnut Church Clinton College Dogwood Elm Franklin Garden Grove Hickory Hill Laurel
  Liberty Linden Madison Main Maple Market Meadow Mill Oak Park Pearl Pine Poplar Prospect River School Spring Spruce Station
  Sycamore Walnut Washington Water`);

export const STREET_SUFFIXES = words('St Ave Blvd Rd Dr Way Ln Pkwy');
