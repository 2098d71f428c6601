/** Codes of ISO 4217 in use, list one of the standard; codes for tests and for no currency are left out. */
const CURRENT = `
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR
ZMW ZWG`;

/** Codes of former currencies, list three of ISO 4217, for sums of their time. */
const FORMER = `
ADP AFA ALK ANG AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF BEL BGJ BGK BGL BGN BOP BRB BRC BRE BRN BRR BUK BYB
BYR CHC CSD CSJ CSK CUC CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE GNS GQE GRD GWE GWP HRD HRK IEP
ILP ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MGF MLF MRO MTL MTP MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE
RHD ROK ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS UGW USS UYN UYP VEB VEF VNC XEU XFO XFU XRE
YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWL ZWN ZWR`;

const codes = new Set(`${CURRENT} ${FORMER}`.trim().split(/\s+/));

/** Signs and words that stand for one currency alone; "dollars" and "rupees" do not. */
const MEANT = new Map([
  ['€', 'EUR'],
  ['euro', 'EUR'],
  ['euros', 'EUR'],
  ['£', 'GBP'],
  ['us$', 'USD'],
  ['us dollar', 'USD'],
  ['us dollars', 'USD'],
  ['afs', 'AFN'],
  ['afghani', 'AFN'],
  ['afghanis', 'AFN'],
  ['₹', 'INR'],
  ['rmb', 'CNY'],
  ['yuan', 'CNY'],
  ['yen', 'JPY'],
  ['₽', 'RUB'],
  ['₴', 'UAH'],
  ['؋', 'AFN'],
  ['ukp', 'GBP'],
  ['₺', 'TRY'],
  ['₪', 'ILS'],
  ['₩', 'KRW'],
]);

/** What is wrong with a currency code of ISO 4217, current or former, and how to write it; or null. */
export function currencyFault(text: string): string | null {
  if (codes.has(text)) return null;
  const upper = text.toUpperCase();
  const meant = codes.has(upper) ? upper : MEANT.get(text.toLowerCase());
  return `not a currency code of ISO 4217; write ${meant ?? 'three capital letters, as in AFN'}`;
}
