import { MONTHS } from './months.js';
import { fold } from './text.js';
import { zip } from './zip.js';

/** Names of the months in other languages, in order; a bar stands between forms of one. */
const NAMES = `
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
januar februar märz april mai juni juli august september oktober november dezember
enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti|august september oktober november december|desember
januari februari maret april mei juni juli agustus september oktober november desember
styczeń|stycznia luty|lutego marzec|marca kwiecień|kwietnia maj|maja czerwiec|czerwca lipiec|lipca sierpień|sierpnia wrzesień|września październik|października listopad|listopada grudzień|grudnia
январь|января февраль|февраля март|марта апрель|апреля май|мая июнь|июня июль|июля август|августа сентябрь|сентября октябрь|октября ноябрь|ноября декабрь|декабря
січень|січня лютий|лютого березень|березня квітень|квітня травень|травня червень|червня липень|липня серпень|серпня вересень|вересня жовтень|жовтня листопад|листопада грудень|грудня
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
يناير فبراير مارس أبريل|ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول
ژانویه فوریه مارس آوریل مه ژوئن ژوئیه|جولای اوت|آگست سپتامبر اکتبر نوامبر دسامبر
جنوری فروری مارچ اپریل مئی|می جون جولائی|جولای اگست ستمبر|سپتمبر اکتوبر نومبر|نوامبر دسمبر
جنوري فبروري|فېبروري مارچ اپریل مۍ جون جولای اګست سپتمبر اکتوبر نومبر دسمبر
जनवरी फ़रवरी|फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर`;

const english = new Map(
  NAMES.trim()
    .split('\n')
    .flatMap((names) => zip(names.split(' '), MONTHS))
    .flatMap(([forms, month]) => forms.split('|').map((name) => [fold(name), month.toLowerCase()] as const)),
);

/** Words between letters of any script; the two words of a name that has two stay together. */
const WORD = /[\p{L}\p{M}]+(?: (?:الثاني|الأول|الاول))?/gu;

/** A date in words of another language with the English names of its months in their place. */
export const withEnglishMonths = (text: string): string =>
  text.replace(WORD, (word) => english.get(fold(word)) ?? word);
