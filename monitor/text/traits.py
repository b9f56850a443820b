"""What tells languages of one script apart, as data for `language`.

A paragraph is a language (ISO 639-1; "hr" is all that is one with Croatian when in Latin letters): letters that not all
languages of the script have, words that hardly a sentence does without, and what many of its other words end in.
"""

from typing import NamedTuple


class Traits(NamedTuple):
    """What to know a language by, in lower case."""

    letters: str = ""
    words: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


def _traits(table: str) -> dict[str, Traits]:
    traits = {}
    for paragraph in table.strip().split("\n\n"):
        code, letters, words, endings = paragraph.split("|")
        traits[code.strip()] = Traits(letters.strip(), tuple(words.split()), tuple(endings.split()))
    return traits


LATIN = _traits("""
en | | the of and to in a is that for it on was with as at by from be are this has have an not but they he she his her
its their will who which or were been one had you we about after all can could would should more over into out up says
said how what why when no new than there so if do does did just also other some them these against first s don i my
your our me him us where while before between during under still only most people police killed war year years man
woman home week day may must now down off back get make amid being because two three time old government state court t
even many going right really good way very take got want much use such same too own around any through place last every
another each best try done yes great night country live like know then well go let come need end january february march
april june july august september october november december | ed ion on ted ly es ing ons ght ow lly ies ity ts th ng
red ht ry now ess sed nce gh ded ay rs ven rd ike ds od le ns ic ers ke ty ast ame

de | äöüß | der die das und in zu den von ist im mit sich auf für nicht ein eine des dem es an auch als er werden aus
bei sie wird sind nach wie hat dass am einen um so einer zum war zur haben vor über noch nur aber oder bis mehr durch
man kann gegen wurde sein ich wir ihr ihre seine schon wenn unter ohne soll will keine kein uhr jahre jahren neue neuen
zwischen wieder seit beim vom mich mir dich du uns euch hatte wurden waren ihn ihm ihnen dieser diese dieses diesem
diesen was wer wo warum jetzt doch dann da hier können muss müssen sollen würde sehr viele alle zwei drei gibt seiner
eines immer meine sei rund anderen sagte viel prozent also weiter unsere nichts sondern ganz bereits millionen menschen
ihren fast etwas während jedoch jahr denn erst dies deutschen wegen heute ab pro daß einem gut alles mal bin dort
andere worden januar februar märz april mai juni juli august september oktober november dezember | hen en ich er ten
ben fen ch nem ig ern cht eht ht ert len sen ren ige gt den rn em lt gen ach end che ere gte men llt rt nen tet he elt
ter tig ll

fr | éèêëàâçùûîïôœ | le la les de des du et à un une en est que qui dans pour pas sur au aux par plus ne se ce il elle
avec sont son sa ses été mais ou cette comme ont fait être après leur leurs d l qu n s j c m y nous vous ils elles on
tout tous toute deux ans entre sous sans contre chez dont même aussi bien peut faire depuis avant lors où ces était
avait très si selon encore quand je tu mon ma mes votre notre cela ça moins autre autres puis donc car alors étaient
avoir autour vers années an fois trop toujours jamais non oui ai embargo pendant jours effets également mise monde
plusieurs heures cours ainsi toutes peuvent notamment temps premier jour afin union groupe quelques personnes avons
doivent pays voir lui nos durant police me doit président ville janvier février mars avril mai juin juillet août
septembre octobre novembre décembre | nt ent ue ion nts on ée que té urs ire ux ité ues es ons ant eur ées és ts ait
aux ère ois oit eux re is nce rs ré res lle ale tés le ne ns ers

es | ñáéíóúü | el la los las de del y en a un una que es por con para no se su sus al lo como más pero o ha han fue
sobre entre este esta esto son está también ya tras desde sin hasta cuando muy porque dos años ser ante contra les le
si hay todo todos nos me mi te tu ese esa donde tiene según año durante otro otra otros había era eran sido hacer puede
así uno ni e eso yo él ella ellos quien qué cómo cada después antes parte ahora solo sólo hoy vez mientras van va hace
estos estas estaba tres mucho muchos bien aunque aquí fueron unos unas tema mes gran estado gobierno forma además
tiempo tanto ciudad primer primera país millones tenía otras mejor nuevo varios mayor general personas familia día
embargo bajo segundo he sea sino mismo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
diciembre | ón ión do to os dad ía as ado es ad go ron ría dos ano nte ndo ido so nto ro jo án ar ema tos ió gar res
rse ran cia tó or ios rá da nos io

pl | ąćęłńóśźż | i w na z do się nie że o jest to od za po przez dla ze jak ale co czy przy był była było są oraz tak
już tym tego też a ich jego jej tylko lub może być będzie ma pod przed który która które których nad we mi go mu ci ja
my wy oni on ona ten ta te tych tej tą roku lat bo gdy gdzie kiedy dlaczego bez między nim niej nich więc jeszcze także
byli mnie cię nas wam sobie swoje swój będą można trzeba jako bardzo nawet żeby aby jeśli został została podczas według
ponad wśród właśnie każdy dwa trzy raz teraz tam tu moje rok również potem miał jestem szybko dopiero wtedy wiem
wczoraj mam wielu niech życie takie mogę cztery zawsze nigdy muszę ludzie ludzi kilku dlatego czym czas niego kilka
jednak dwóch chyba były bardziej wszyscy więcej miała mają jeden długo dziś dni chce świat znów razem musi ktoś dwie
albo pan ją coś nic kto pani by sam wie nam ani ty wszystko przecież stycznia lutego marca kwietnia maja czerwca lipca
sierpnia września października listopada grudnia | ła ał ać ło ego ów ie ym nie ała my zy ły ić ej cie ił kę łem iej
wać cy ają wał iał go ych ch ało ść yć ści ął wy ją nym zę ry ję ały

cs | ěščřžýáíéůúťďňó | a v na se je že s z do to o k ve i jako za pro by jsou ale od po si ho jeho ke jak při podle pak
nebo není byl byla bylo byly bude který která které jsem jsme kdy až než pod jen také už ze mezi před přes co tak má
mají může jejich však kde proč kdo ten ta tím tom toho této tento tato tohoto být mu jí ji nás vás mě já ty my oni bez
proti roku let více velmi ještě kterou kterých kteří když protože pokud jenom tedy například letech dnes nové tři dva
ani zde nad dal potom chce všechno měl měla řekl mohl teď právě jestli takže jsi svou sebou vůbec tady člověk svého
kolem zase někdo každý jste abych stále celý jeden jedna pořád musí rok vlastně první místo moje stejně den čas mi ne
aby nic něco tu bych nikdy ti její tam své té ona byli nich ni svoje ledna února března dubna května června července
srpna září října listopadu prosince | ně ní ly ho ých jí ou tě ěl la ší ych ch ky né ého vat vě ěla il ný ím nou ře vou
ích mu ým cí ala ná tí em ila ice ny kou val mi ém

it | èàùòìé | il lo la i gli le di del della dei delle degli dello e in a un una uno che è per con non si da al alla ai
alle dal dalla nel nella nelle nei sul sulla come più ma o anche ha hanno sono essere questo questa tra fra dopo suo
sua suoi se ci stato stata cui l d c dell all nell sull dall quando anni contro senza solo già ancora molto tutti tutto
due fa era erano mi ne loro ed ad quello quella io noi lui lei perché poi dove chi così mio siamo prima fino stati
sempre proprio fatto tre gran però su può quale parte fu durante altre gennaio febbraio marzo aprile maggio giugno
luglio agosto settembre ottobre novembre dicembre | one ato to tà no tto oni ità ono ta sa mo nza ti are imo nti ano
nno olo nte re ndo ese rsi so ati nto ore ro llo rso tri sso ale esi le ne io ri

pt | ãõáéíóúâêôàç | o a os as de do da dos das e em um uma que é para com não se por no na nos nas ao à aos mais como
mas foi ser são seu sua seus suas ou pelo pela pelos pelas também já após sobre entre até sem está ele ela isso este
esta quando muito tem anos há era foram contra diz pode você nós lhe me meu minha isto esse essa dois duas ainda depois
onde quem só seja bem fazer ter num numa àquele desde novo nova nem porque vai estão dia estado país forma tempo tanto
estas segundo disse durante vez todos parte cada antes sempre todo lei janeiro fevereiro março abril maio junho julho
agosto setembro outubro novembro dezembro | ão ção do to os ões as ado es ta ram ira ou ça dos iro são ade nte eu tou
ndo is ido so nto ro ar tos res sso ha cia em or ios rá da nos io

nl | ëï | de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar door bij uit nog naar heeft
hij worden wordt over deze dit die na ze was wel meer geen hebben kan tot zich tegen moet onder wat zo jaar al zal werd
veel mijn ik je jij we wij haar hun hem ons onze nieuwe waar wie hoe waarom tussen sinds zonder alleen toch heel hier
daar kunnen moeten zou waren had mensen twee drie eerste ander andere omdat toen werden even anderen men alle ter ten
zoals n m echter januari februari maart april mei juni juli augustus september oktober november december | en er jk ijk
ten ing tie eld ge eer ij de erd jke aat ken ng aar cht aal ht uw els len ond eel ren ien rs ven ld rd ige den ds pen
der eid gen ns

sv | åäö | och i att det som en på är av för med den till har de inte om ett han var sig från vid men så kan när nu
efter under hon mot eller ska vi än också bara över utan mer där här blir år får ut blev skulle vill alla jag du min
mig dig oss vara hade kommer måste många sina sin sitt dem honom henne detta denna dessa två tre nya mellan varför hur
vad vem mycket andra sedan upp redan första ha någon något några helt hans går ingen ta man barn allt genom olika då
hem vår både få deras ju sådan nog januari februari mars april maj juni juli augusti september oktober november
december | rna en er ska et ten ing tt om ga de arn are ng ade mma ätt iga re igt ör ar gt gar het ger den rn ker ner
der or lt ser da gen ns nde ast ss

da | æøå | og i at det er en på af for med den til har de ikke om et han var sig fra ved men så kan når nu efter under
hun mod eller skal vi end også kun over uden mere der her bliver år får ud blev ville alle jeg du min mig dig os være
havde kommer må mange sine sin sit dem ham hende dette denne disse to tre nye mellem hvorfor hvordan hvad hvem meget
andre siden op allerede første været siger noget nogle deres ad selv sådan flere før like som man hvor vil kunne få
skulle ingen helt have hans store går jo både ser bare én januar februar marts april maj juni juli august september
oktober november december | en ede er et ge rne lig dt de ig ng dte det re igt ore ret ld ige gt lse ger den ske ker
lle ner der lt ser gen le ne ns ndt nde ke ere gte sk

nb | æøå | og i at det er en på av for med den til har de ikke om et han var seg fra ved men så kan når nå etter under
hun mot eller skal vi enn også bare over uten mer der her blir år får ut ble ville alle jeg du min meg deg oss være
hadde kommer må mange sine sin sitt dem ham henne dette denne disse to tre nye mellom hvorfor hvordan hva hvem mye
andre siden opp allerede første vært sier noe noen deres selv ei både skulle fikk ein eit ikkje eg frå dei hans store
helt kunne ingen hvor barn vår som å vil da bli ha få flere før inn går jo man ta ser nei én lett januar februar mars
april mai juni juli august september oktober november desember | ene en er et ing tt kk att ge rne lig dt de itt ikk ig
ken ng nn ert det re sen ren ret ige lse het ger ske pen ker ner der or lt ser gen ne ns

ro | ăâîșțşţ | și de la în a al ale ai o un cu pe care este nu din că să se pentru mai sunt fost au prin sau după ca
dar lui ei lor cel cea cele cei această acest între despre fi va fără până unde când foarte am are era avea te mă îl ne
vor toate toți tot doar spre ani față dintre către sa sale său săi acum iar numai astfel aceasta acesta unei unui pot
fel prima ele general s ce poate dacă ar într își fie mare c m n noi mi parte | ul ea tă ii rea lor lui că ate ră ile
ată ie ți ei tul ză lă ază rii tea ții ui nă ică ală ând rul ele să ară ția ție iei au ță are lul ită ați

hr | čćžšđ | i u na je se da su za od o s iz do koji koja koje ne kao ili to bi sa po ali bio bila bilo biti što kako
te ga nije više samo ako već će ćemo sve taj ta ovo nakon protiv bez pred pri između godine godina mu joj im mi vi oni
ona on nam vam ih kada gdje zašto tko ko gde šta jer još također takođe može mogu treba zbog tijekom tokom dok ima
imaju nema kod nad kroz prema uz svoj svoje koju kojim kojih kojem smo ste sam li ni niti drugi prvi ovaj danas rok
jedna rekao tri dva pod tom tu nas bile tada | ih nje nja je og ije ao no ima iti nih ju nog oj ći aju om nju ti la kih
im nim će ja lje kog ova lja ća iji ući jem ati nik di ike ala ske una

sk | ľĺŕôäščťžýáíéúďň | a v na sa je že s z do to o k vo i ako za pre by sú ale od po si ho jeho ku aj pri podľa alebo
nie bol bola bolo boli bude ktorý ktorá ktoré ktorých som sme keď až než pod len už zo medzi pred cez čo tak má majú
môže ich však kde prečo kto ten tá tým tom toho tento táto byť mu jej ju nás vás ma ja ty my oni bez proti roku rokov
viac veľmi ešte ktorú ktorí pretože ak teda dnes nové tri dva ani nad keďže také tiež iba so mal nikdy jeden stále celý
čas každý tie sebou takže musí rok jedna moje chce treba dni aby mi či potom tam tu svoje ste raz teraz svoj nich tej
ona januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra | ov ať ie nie iť sť ej ho
ých om ou vať la osť ol ch ky né kej ého il ný eho jú ím nou nú mu nej ým tom ným ala ná tí nia ila ny ne ach

ca | çàèéíòóúïü | el la els les de del dels i a en un una que és per amb no es al als ha han va van són més com però o
aquest aquesta aquests aquestes també ja sobre entre fins quan molt perquè l d s n m hi ho pel pels seu seva seus seves
li ser estat anys dos tot tots tota fer sense contra des després segons abans on qui què així mateix altres altre ara
està era havia pot hem té tenen si sinó quant cada durant això jo | ció tat ment ats ades ida ides ió ns nts ar ers eix
itz ària ment nya ny ll uts ir ia ques at ada

fi | äö | ja on ei se että oli mutta ovat hän kun joka myös tai kuin niin sen olla mukaan vain jo voi sekä ole nyt
vielä mitä tämä ne jos sitä jotka kaikki jälkeen sai siitä hänen heidän minä sinä me te he minun ollut olisi olivat en
et emme eivät tulee hyvin enemmän vuonna vuoden kuten kanssa ennen siis koska kuitenkin noin kaksi yli saa mikä missä
miten miksi tässä siinä tätä sillä jonka näin eikä pitää asti uusi suomen sitten tuli jossa niiden ettei olen n tämän
vaikka aikana | an aa aan ssa tä sta än in lla en een iin ään sä taa stä ksi ää lä llä ssä sia iä ta sa ti kin nsa la
ät tää nut set nä ja vat ön vät eet oa

et | õäöü | ja on ei see et oli aga ka kui ning mis oma selle tema nii või siis kes veel seda ta ma sa me te nad kuid
juba pärast ainult väga olla pole ole võib peab üle välja eesti aasta kus siin nagu mida sest kõik need mitte minu teda
neid enam alles koos enne juures poolt vastu kas siiski küll saab tuleb olid olnud sel selleks tagasi oleks ise ju ikka
sellest mul kuidas olen ehk mingi mina hea palju just üks mees vist vaid päris peale nüüd pean jah saa mu ga all sai
inimesed | st ks ud ed id gi est nud eks vad tud ab aks ega ist us ad ust agi alt ga egi ele aid iks sid nda ub sed iga
ult is eb ib ema di sel sin ha lle

hu | őűáéíóöúü | a az és hogy nem is egy ez meg van volt de csak el már mint még lesz ha vagy azt ezt ki után szerint
lehet kell minden között aki ami amely akik sem én te ő mi ti ők nagyon majd pedig így úgy most itt ott miatt ellen
több első két három magyar voltak lett be fel le nincs való által alatt alá akkor amikor ahol arra erre arról tehát
azonban illetve során új jól évben év ezek azok december november s például annak millió | nak ban nek ott ák ek ok ett
át ét bb et tt ben ól ás és ől ak én ék ot ül ág ja ány ára ért ég ták sok ság gy ása ési ént ése ló ági ök

tr | ğışçöü | ve bir bu da de için ile olan çok daha gibi en ne var olarak sonra kadar ama değil o ki mi mı her yeni
olduğu göre karşı dedi etti oldu iki ya hem yok ben sen biz siz onlar bunu şu şey nasıl neden kim hangi ise bile kendi
önce diye büyük türkiye son ilk edildi eden olduğunu tarafından üzerinde içinde arasında yıl gün oğlu olacak bana sana
ona zaman veya ancak bazı tüm bin beni hiç benim onu böyle iyi onun aynı doğru nin nın ın | ın in nı dı yor ını ım lar
rı dan ek ini arı nın eri ına nin ık sı tı ır rdu lı ğı yle ği ası ış iz ye ak im de rın iş ız ığı mış uz iği

lt | ąčęėįšųūž | ir į yra kad su iš tai jis jo ne bet kaip už apie buvo nuo dėl bus jų per po jau taip pat arba ji jos
savo tik dar o ar kai jie man mes jūs aš tu kuris kuri kurie kurių kuriuos metų metais labai gali galima reikia prieš
tarp prie iki vėliau daugiau lietuvos lietuvoje kas kur kodėl kokia nes nei nors jei turi būti būtų buvusi tada čia šis
ši šios šio tam tą tačiau bei jeigu todėl toliau pagal daug mūsų dabar tiek kita visi ten kada tie | ių ai ės tų je os
iai jų mų nių iau as ius mą ms nės ui imų oms us jos ant ijų kos mo mis oti čių ti yti gų tis oje au kti imo nti imą
mas gos

lv | āčēģīķļņšūž | un ir ar no uz ka par tas bet kā viņš viņa to tika bija nav vai arī pēc gan lai pie jau tiek ko savu
kas kur kad kāpēc es tu mēs jūs viņi ja tikai vēl šis šī šo šajā tā tie tās būs būt ļoti gada gadā gadu latvijas
latvijā līdz starp bez pret pirms kurš kura kuri kurā kuru visi nekā tomēr tad tur jo var vairāk daudz kopā tiks savas
nu ne man tam tik būtu varētu pat viņu tāpēc taču | ās iem tu ām bas umu as ju ms bu mā ums es tā ību us ta ši jā īt
ies ēja ēt ts ņu ot āt nā ja jās īgi umā mas jas nās āja ļu kā āk iņu

id | | yang dan di dengan untuk ini itu dari pada tidak dalam akan adalah ke oleh juga bisa sudah telah tersebut karena
mereka saya kami kita dia anda ada atau lebih seperti saat setelah tahun para hari orang secara menjadi dapat satu dua
baru belum masih hanya namun sebagai bahwa antara sejak hingga serta bagi banyak kepada lagi sangat tetapi pun
indonesia apa siapa mengapa bagaimana ia nya jika ketika sebuah seorang sekitar harus april november juni oktober juli
januari februari desember september mei memiliki merupakan besar negara pertama selama beberapa lain tentang kedua
digunakan kembali waktu bila bulan | kan an ya nya ah ang ian gan sa lah asi han ak ung uh ng ap pat asa sar iki uan um
ar aya tan ota kat pa ran wa un lan ri ngi ua ara si at ama
""")

CYRILLIC = _traits("""
ru | ыэъёищйюяь | и в во не на я он она они что с со а то как это по но его к из у за от так о же для бы если уже или
ни при до под вы мы этого был была было были когда чтобы после быть может нет только ещё еще все всё их её ее кто где
почему также который которые которая которого которых этом эти этой более сейчас году лет россии российский между через
над без об про себя меня мне ему ей им нас вас вам этот эта тот того тем чем там тут здесь потому сам очень можно надо
время которую против суд сказал год него много ну будь просто ты вот есть всех нам себе них ли могу тебя тебе будет
будут г января февраля марта апреля мая июня июля августа сентября октября ноября декабря | ой ет тся ия ов ые ать ть
ает ых ит ом да ный ные ий кой ют их ных ое ной ие ый ого ают ние му ят ься го ая ком сь ут ния ми ся ей ою

uk | іїєґищйюяь | і й в у та на не що з із зі до за як це по але від для його про її він вона вони був була було були є
або ще вже так якщо бо чи тому при під над коли де хто чому після щоб який яка яке які якого яких цього ця цей ці також
тільки може бути має немає між через без свої себе мене мені йому їй їм нас вас ми ви я ти то того тим чим там тут дуже
можна треба час року років україни україні українських українці проти всі все усі цьому нам них якій якою лише навіть
понад ну от просто уже а би же вам те буде далі зараз сьогодні будь г січня лютого березня квітня травня червня липня
серпня вересня жовтня листопада грудня | ти ння ати ні ів ня ої ту мо ити ний них ть ії ому ної ом ає ій ий ну ємо их
сті ті ію ово лі дні ють одо ків до ого кту ято му ска ція вні

be | іўыэёйюяь | і ў у на не што з са да як гэта па але ад для яго яе ён яна яны быў была было былі ёсць або яшчэ ужо
ўжо так калі бо ці таму пры пад над дзе хто чаму пасля каб які якая якое якія якога якіх гэтага гэты гэтай таксама
толькі можа быць мае няма паміж праз без сваё сябе мяне мне яму ёй ім нас вас мы вы я ты тое таго тым там тут вельмі
можна трэба час году гадоў беларусі беларускі супраць усе ўсе усё пра іх за га ну а вам нам той чалавек г студзеня
лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня | ць аў ны ня цца ыя кі ца ага
га ае аць ай ых ва ыі зе мі яў дзе юць ных оў нне ныя іць мi каў кай лі раў ый цыі амі няў іх уць на ыях таў

bg | ъищйюяь | и в на за се от да е с не са че като по ще до при това но го си във със или а след само през има още той
тя те ни ви ми му им беше бил била били към без между пред над под как кой коя кое които която който защо къде кога
какво тази този тези ги я ли ако повече много може трябва вече няма един една едно най според обаче защото г българия
сега също така днес срещу бъде бяха съм сме сте просто ну бе всички аз вчера време което него година й нас би все то
други там себе после кои вас било януари февруари март април май юни юли август септември октомври ноември декември |
та ата ите те то ето ни ен ото ат ия ха ята ри ви ва ът ане ват ава ст ени ие ост ция ски ци ние аха на ска ят тта иха
ият ина ори ния ани ове

mk | јљњџќѓѕи | и во на за се од да е со не дека како по ќе до при тоа но го си или а само има уште тој таа тие ни ви
ми му им беше сум бил била биле кон без меѓу пред над под кој која кое кои зошто каде кога што оваа овој овие ги ја ли
ако повеќе многу може треба веќе нема еден една едно нај според меѓутоа бидејќи година македонија сега исто така денес
против биде сме сте ова сите нивните | ата ото ите от та те то ски ска ува ање ија ања ње ќе ло ва јат аат ност

sr | јљњџћђи | и у на за се од да је с са не су који која које као или то би по али био била било бити што како те га
није више само ако већ ће све тај та ово након после против без пред при између године година му јој им ми ви они она
он нам вам их када где зашто ко шта јер још такође може могу треба због током док има имају нема код над кроз према уз
свој своје коју којим којих смо сте сам ли ни други први овај данас | их ње ња је ог ије ао но има ити них ју ног ој ћи
ају ом њу ти ла ких им ним ће ја ље ког ова ља ћа ији ући јем ати ник ди ике ала ске уна

kk | әғқңөұүһіыэиюяй | және мен бен да де бұл ол деп үшін бар болды бір қазақстан сол осы ғана туралы жоқ болып еді
емес өз енді оның олар біз сіз сен кейін дейін керек көп жаңа жылы жыл қазақ болған болады деген бойынша арқылы сондай
қандай не кім әр барлық | ды ан ді ын ың ық ып ің еді ға ады ен ар нда ған де ін сы ге мен ның ына іп ғы нде лық лды
дың рі ыз ап ай қа кен ген да дің із ыс нің
""")

ARABIC = _traits("""
ar | يىكةأإؤئ | في من على إلى أن عن مع هذا هذه التي الذي كان بعد قبل بين لا ما هو هي قال |

fa | پچژگکی | در به از که را با این است برای آن بر تا شد کرد خود هم می های |
""")

HAN = {
    "zh": Traits("的了们們这這是说說对對为為与與个個从從还還没沒"),
    "ja": Traits("".join(map(chr, range(0x3041, 0x30FF)))),
}
