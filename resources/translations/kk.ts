<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="kk" sourcelanguage="en">
<context>
    <name>ActionPanel</name>
    <message>
        <source>Record the action</source>
        <translation>Шараны жазу</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Шара</translation>
    </message>
    <message>
        <source>now</source>
        <translation>қазір</translation>
    </message>
    <message>
        <source>&amp;When</source>
        <translation>&amp;Қашан</translation>
    </message>
    <message>
        <source>&amp;Where, if not here</source>
        <translation>Қайда (осында болмаса)</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>Ес&amp;кертпе</translation>
    </message>
</context>
<context>
    <name>AlonePanel</name>
    <message>
        <source>Countersign</source>
        <translation>Растау</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>Ес&amp;кертпе</translation>
    </message>
    <message>
        <source>Officer {0} confirmed alone on {1}: {2}</source>
        <translation>{0} қызметкері {1} жалғыз растады: {2}</translation>
    </message>
</context>
<context>
    <name>AmendPanel</name>
    <message>
        <source>Correct a field</source>
        <translation>Өрісті түзету</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>таңдаңыз</translation>
    </message>
    <message>
        <source>Record the correction</source>
        <translation>Түзетуді жазу</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Артқа</translation>
    </message>
    <message>
        <source>Reads now: {0}</source>
        <translation>Қазір: {0}</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>&amp;Өріс</translation>
    </message>
    <message>
        <source>&amp;Should read</source>
        <translation>Болуы &amp;тиіс</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>&amp;Себебі</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>Ес&amp;кертпе</translation>
    </message>
</context>
<context>
    <name>AttachmentList</name>
    <message>
        <source>Attach pictures or PDF</source>
        <translation>Суреттерді немесе PDF қосу</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Қосымшалар</translation>
    </message>
</context>
<context>
    <name>AttachmentRow</name>
    <message>
        <source>What it shows</source>
        <translation>Не көрсетілген</translation>
    </message>
    <message>
        <source>What attachment {0} shows</source>
        <translation>{0}-қосымшада не көрсетілген</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Көрсету</translation>
    </message>
    <message>
        <source>Show attachment {0}</source>
        <translation>{0}-қосымшаны көрсету</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Алып тастау</translation>
    </message>
    <message>
        <source>Take attachment {0} out</source>
        <translation>{0}-қосымшаны алып тастау</translation>
    </message>
</context>
<context>
    <name>AttachmentWords</name>
    <message>
        <source>attachments: {0} of {1} at the centre</source>
        <translation>қосымшалар: {1} ішінен {0} орталықта</translation>
    </message>
    <message>
        <source>not taken, only JPEG and PNG pictures and PDF are.</source>
        <translation>қабылданбады: тек JPEG және PNG суреттері мен PDF қабылданады.</translation>
    </message>
    <message>
        <source>not taken, its content is not what its name says. Look where it comes from.</source>
        <translation>қабылданбады: мазмұны атауына сай емес. Қайдан келгенін тексеріңіз.</translation>
    </message>
    <message>
        <source>not taken, it is damaged or cut. Copy or scan it once more.</source>
        <translation>қабылданбады: бүлінген немесе кесілген. Қайта көшіріңіз немесе сканерлеңіз.</translation>
    </message>
    <message>
        <source>not taken, it would unpack to an enormous picture. Scan it at a lower resolution.</source>
        <translation>қабылданбады: ашылғанда тым үлкен сурет болар еді. Төменірек ажыратымдылықпен сканерлеңіз.</translation>
    </message>
    <message>
        <source>not taken, it is larger than {0} MB. Scan it at a lower resolution.</source>
        <translation>қабылданбады: {0} МБ-тан үлкен. Төменірек ажыратымдылықпен сканерлеңіз.</translation>
    </message>
    <message>
        <source>not taken, there is no such file.</source>
        <translation>қабылданбады: мұндай файл жоқ.</translation>
    </message>
    <message>
        <source>not taken, it cannot be read. Is the stick still in?</source>
        <translation>қабылданбады: оқылмайды. Тасымалдағыш әлі салулы ма?</translation>
    </message>
    <message>
        <source>A record takes {0} attachments at most.</source>
        <translation>Бір жазбаға ең көбі {0} қосымша.</translation>
    </message>
    <message>
        <source>Write what it shows.</source>
        <translation>Не көрсетілгенін жазыңыз.</translation>
    </message>
    <message>
        <source>These words are too long.</source>
        <translation>Тым ұзын.</translation>
    </message>
    <message>
        <source>An attachment is missing or damaged on this disk: take it out.</source>
        <translation>Қосымша бұл дискіде жоқ немесе бүлінген: алып тастаңыз.</translation>
    </message>
    <message>
        <source>Not here yet: it lies at the computer where it was taken. It is fetched through the post&apos;s exchange; this page looks again by itself.</source>
        <translation>Әзірге мұнда жоқ: файл түсірілген компьютерде жатыр. Ол бекеттің алмасуы арқылы алынады; бұл бет өзі жаңарады.</translation>
    </message>
    <message>
        <source>This file is in that folder already.</source>
        <translation>Бұл файл ол қалтада бар.</translation>
    </message>
    <message>
        <source>Nothing can be written into this folder. Choose another one.</source>
        <translation>Бұл қалтаға жазу мүмкін емес. Басқасын таңдаңыз.</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>сурет</translation>
    </message>
    <message>
        <source>{0} kB</source>
        <translation>{0} КБ</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} МБ</translation>
    </message>
</context>
<context>
    <name>AttachmentsOf</name>
    <message>
        <source>Show {0}</source>
        <translation>Көрсету: {0}</translation>
    </message>
    <message>
        <source>This file is not on this computer.</source>
        <translation>Бұл файл осы компьютерде жоқ.</translation>
    </message>
    <message>
        <source>Not here yet: it lies at workstation {0}. Open it to fetch it.</source>
        <translation>Әзірге мұнда жоқ: {0} жұмыс орнында жатыр. Алу үшін ашыңыз.</translation>
    </message>
    <message>
        <source>On its way from workstation {0}: {1} of {2}.</source>
        <translation>{0} жұмыс орнынан келе жатыр: {2} ішінен {1}.</translation>
    </message>
</context>
<context>
    <name>CaseFacts</name>
    <message>
        <source>What is known</source>
        <translation>Не белгілі</translation>
    </message>
    <message>
        <source>Referral</source>
        <translation>Жіберілім</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Кім</translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Адам</translation>
    </message>
    <message>
        <source>Crossing</source>
        <translation>Өту</translation>
    </message>
    <message>
        <source>Earlier crossings known here</source>
        <translation>Осында белгілі бұрынғы өтулер</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Жоқ.</translation>
    </message>
</context>
<context>
    <name>CaseScreen</name>
    <message>
        <source>Back</source>
        <translation>Артқа</translation>
    </message>
    <message>
        <source>Another interview</source>
        <translation>Тағы бір сұхбат</translation>
    </message>
    <message>
        <source>Close and sign</source>
        <translation>Жабу және қол қою</translation>
    </message>
    <message>
        <source>Add to the notes</source>
        <translation>Жазбаны толықтыру</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Қорытынды</translation>
    </message>
    <message>
        <source>Outcome for</source>
        <translation>Қорытынды:</translation>
    </message>
    <message>
        <source>Write what is to be added.</source>
        <translation>Не қосылатынын жазыңыз.</translation>
    </message>
    <message>
        <source>Close and sign the notes first (F10).</source>
        <translation>Алдымен сұхбат жазбасын жауып, қол қойыңыз (F10).</translation>
    </message>
    <message>
        <source>Somebody has sent an outcome already.</source>
        <translation>Қорытындыны басқа қызметкер жіберіп қойған.</translation>
    </message>
    <message>
        <source>The booth has taken this check back: nobody waits any more.</source>
        <translation>Кабина бұл тексеруді қайтарып алды: енді ешкім күтіп тұрған жоқ.</translation>
    </message>
    <message>
        <source>You proposed this refusal: somebody else must decide on it.</source>
        <translation>Бұл бас тартуды сіз ұсындыңыз: оны басқа қызметкер шешуі тиіс.</translation>
    </message>
</context>
<context>
    <name>ClosedNotes</name>
    <message>
        <source>Closed interviews</source>
        <translation>Жабылған сұхбаттар</translation>
    </message>
    <message>
        <source>&amp;Addendum</source>
        <translation>&amp;Толықтыру</translation>
    </message>
    <message>
        <source>Signed notes stay as they are; words can only be added.</source>
        <translation>Қол қойылған жазба өзгермейді; оны тек толықтыруға болады.</translation>
    </message>
    <message>
        <source>Closed and signed by {0} · {1:%d.%m.%Y %H:%M}–{2:%H:%M}</source>
        <translation>Жабылды және қол қойылды: {0} · {1:%d.%m.%Y %H:%M}–{2:%H:%M}</translation>
    </message>
    <message>
        <source>An addendum is not encrypted.</source>
        <translation>Қосымша шифрланбайды.</translation>
    </message>
    <message>
        <source>Account in the person&apos;s own words</source>
        <translation>Өз сөзімен баяндауы</translation>
    </message>
    <message>
        <source>Addendum, {0} {1:%d.%m.%Y %H:%M}</source>
        <translation>Толықтыру, {0} {1:%d.%m.%Y %H:%M}</translation>
    </message>
    <message>
        <source>read back</source>
        <translation>дауыстап оқылды</translation>
    </message>
    <message>
        <source>present: {0}</source>
        <translation>қатысқандар: {0}</translation>
    </message>
    <message>
        <source>interpreter: {0}</source>
        <translation>аудармашы: {0}</translation>
    </message>
</context>
<context>
    <name>ClosingPanel</name>
    <message>
        <source>Close the hit</source>
        <translation>Сәйкестікті жабу</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>Ес&amp;кертпе</translation>
    </message>
    <message>
        <source>All that this hit asks for is done.</source>
        <translation>Бұл сәйкестік талап ететіннің бәрі жасалды.</translation>
    </message>
</context>
<context>
    <name>CollectionPanel</name>
    <message>
        <source>Record the information</source>
        <translation>Мәліметтерді жазу</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>Ес&amp;кертпе</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Side by side</source>
        <translation>Салыстыру</translation>
    </message>
    <message>
        <source>Photograph of the alert</source>
        <translation>Хабарландырудағы фотосурет</translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Тексерілетін адам</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Хабарландыру</translation>
    </message>
</context>
<context>
    <name>Curtain</name>
    <message>
        <source>Progress</source>
        <translation>Дайындық барысы</translation>
    </message>
    <message>
        <source>Checkpoint Client</source>
        <translation>Checkpoint Client</translation>
    </message>
    <message>
        <source>The demonstration is being made ready</source>
        <translation>Көрсетілім дайындалуда</translation>
    </message>
</context>
<context>
    <name>DateEdit</name>
    <message>
        <source>dd.mm.yyyy</source>
        <translation>кк.аа.жжжж</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Admit</source>
        <translation>Өткізу</translation>
    </message>
    <message>
        <source>Refer</source>
        <translation>Жіберу</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Рұқсат бермеу</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Қайтарып алу</translation>
    </message>
    <message>
        <source>Take back ({0} s)</source>
        <translation>Қайтарып алу ({0} с)</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Back</source>
        <translation>Артқа</translation>
    </message>
</context>
<context>
    <name>DemonstrationBar</name>
    <message>
        <source>Demonstration: an invented post, invented people, nothing is kept.</source>
        <translation>Көрсетілім: ойдан шығарылған бекет пен адамдар, ештеңе сақталмайды.</translation>
    </message>
    <message>
        <source>Cut the line</source>
        <translation>Байланысты үзу</translation>
    </message>
    <message>
        <source>Give the line back</source>
        <translation>Байланысты қайтару</translation>
    </message>
</context>
<context>
    <name>DigitStates</name>
    <message>
        <source>fits</source>
        <translation>дұрыс</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>сәйкес емес</translation>
    </message>
    <message>
        <source>none</source>
        <translation>жоқ</translation>
    </message>
    <message>
        <source>Check digit {0}: {1}</source>
        <translation>Бақылау цифры {0}: {1}</translation>
    </message>
</context>
<context>
    <name>DocumentTabs</name>
    <message>
        <source>Take away</source>
        <translation>Алып тастау</translation>
    </message>
    <message>
        <source>Take the document away</source>
        <translation>Құжатты алып тастау</translation>
    </message>
    <message>
        <source>Document {0}: {1}</source>
        <translation>Құжат {0}: {1}</translation>
    </message>
</context>
<context>
    <name>ExchangeRow</name>
    <message>
        <source>Question (↓ for proposals)</source>
        <translation>Сұрақ (↓ ұсыныстарды көрсетеді)</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Сұрақ</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Жауап</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message numerus="yes">
        <source>%n other alert(s) carry this name</source>
        <translation>
            <numerusform>осы атпен тағы %n хабарландыру</numerusform>
            <numerusform>осы атпен тағы %n хабарландыру</numerusform>
        </translation>
    </message>
    <message>
        <source>Strong match</source>
        <translation>Күшті сәйкестік</translation>
    </message>
    <message>
        <source>Possible match</source>
        <translation>Ықтимал сәйкестік</translation>
    </message>
    <message>
        <source>Officer {0} said on {1}: the same</source>
        <translation>{0} қызметкері, {1}: сәйкес</translation>
    </message>
    <message>
        <source>Officer {0} said on {1}: not the same</source>
        <translation>{0} қызметкері, {1}: сәйкес емес</translation>
    </message>
    <message>
        <source>Officer {0} said on {1}: cannot say</source>
        <translation>{0} қызметкері, {1}: анықталмады</translation>
    </message>
    <message>
        <source>Headquarters has not confirmed this yet.</source>
        <translation>Орталық мұны әлі растаған жоқ.</translation>
    </message>
    <message>
        <source>Headquarters confirms: stolen or lost (list version {0}).</source>
        <translation>Орталық растайды: ұрланған немесе жоғалған (тізім нұсқасы {0}).</translation>
    </message>
    <message>
        <source>Headquarters says: not stolen or lost (list version {0}).</source>
        <translation>Орталық хабарлайды: ұрланбаған және жоғалмаған (тізім нұсқасы {0}).</translation>
    </message>
    <message>
        <source>No watch-list on this workstation</source>
        <translation>Бұл жұмыс орнында бақылау тізімі жоқ</translation>
    </message>
    <message>
        <source>{0} {1}: {2}</source>
        <translation>{0} {1}: {2}</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) beyond what is granted</source>
        <translation>
            <numerusform>Рұқсаттан %n күн артық</numerusform>
            <numerusform>Рұқсаттан %n күн артық</numerusform>
        </translation>
    </message>
    <message>
        <source>May stay until {0}, this day included</source>
        <translation>{0} күніне дейін (осы күнді қоса) бола алады</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) used with today</source>
        <translation>
            <numerusform>Бүгінмен қоса %n күн пайдаланылды</numerusform>
            <numerusform>Бүгінмен қоса %n күн пайдаланылды</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} days in any {1} are granted</source>
        <translation>кез келген {1} күнде {0} күн рұқсат</translation>
    </message>
    <message>
        <source>{0} days in {1} from the first entry are granted</source>
        <translation>алғашқы кірген күннен {1} күнде {0} күн рұқсат</translation>
    </message>
    <message>
        <source>{0} days a stay</source>
        <translation>бір келгенде {0} күн</translation>
    </message>
    <message numerus="yes">
        <source>%n entry or exit is not known: look at the stamps</source>
        <translation>
            <numerusform>%n кіру не шығу белгісіз: мөртабандарды қараңыз</numerusform>
            <numerusform>%n кіру не шығу белгісіз: мөртабандарды қараңыз</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n crossing(s) in this post&apos;s records</source>
        <translation>
            <numerusform>осы бекет жазбаларындағы %n өту</numerusform>
            <numerusform>осы бекет жазбаларындағы %n өту</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of other posts</source>
        <translation>
            <numerusform>басқа бекеттердегі %n</numerusform>
            <numerusform>басқа бекеттердегі %n</numerusform>
        </translation>
    </message>
    <message>
        <source>as the centre knew on {0}</source>
        <translation>орталықтың {0} деректері бойынша</translation>
    </message>
    <message>
        <source>Counted from: {0}</source>
        <translation>Мынаның негізінде есептелді: {0}</translation>
    </message>
    <message>
        <source>Nothing is known of other posts yet.</source>
        <translation>Басқа бекеттер туралы әзірге ештеңе белгісіз.</translation>
    </message>
    <message>
        <source>A working value, not signed by headquarters. Source: {0}</source>
        <translation>Жұмыс мәні, орталық қол қоймаған. Дереккөз: {0}</translation>
    </message>
    <message>
        <source>Watch-list</source>
        <translation>Бақылау тізімі</translation>
    </message>
    <message>
        <source>Lost documents</source>
        <translation>Жоғалған құжаттар</translation>
    </message>
    <message>
        <source>Expired on {date}.</source>
        <translation>Мерзімі {date} күні өткен.</translation>
    </message>
    <message>
        <source>Expires soon, on {date}.</source>
        <translation>Мерзімі жақында өтеді: {date}.</translation>
    </message>
    <message>
        <source>A specimen ({state}): no State issues it. Ask for another.</source>
        <translation>Үлгі ({state}): мұндай мемлекет жоқ. Басқа құжат сұраңыз.</translation>
    </message>
    <message>
        <source>{state} is no State code we know. Compare the document.</source>
        <translation>{state} мемлекет коды белгісіз. Құжатпен салыстырыңыз.</translation>
    </message>
    <message>
        <source>A minor. Look at who comes along and the consent to travel.</source>
        <translation>Кәмелетке толмаған. Ілесіп жүрушіні және жол жүруге келісімді тексеріңіз.</translation>
    </message>
    <message>
        <source>Entered by hand: no check digits vouch for it.</source>
        <translation>Қолмен енгізілді: бақылау цифрлары жоқ.</translation>
    </message>
    <message>
        <source>No document was shown.</source>
        <translation>Құжат көрсетілмеді.</translation>
    </message>
    <message>
        <source>The name is cut in the machine-readable zone.</source>
        <translation>Машинамен оқылатын аймақта аты-жөні қысқартылған.</translation>
    </message>
    <message>
        <source>The check digit of the document number does not fit.</source>
        <translation>Құжат нөмірінің бақылау цифры сәйкес емес.</translation>
    </message>
    <message>
        <source>The check digit of the date of birth does not fit.</source>
        <translation>Туған күнінің бақылау цифры сәйкес емес.</translation>
    </message>
    <message>
        <source>The check digit of the expiry date does not fit.</source>
        <translation>Қолданылу мерзімінің бақылау цифры сәйкес емес.</translation>
    </message>
    <message>
        <source>The check digit of the optional data does not fit.</source>
        <translation>Қосымша деректердің бақылау цифры сәйкес емес.</translation>
    </message>
    <message>
        <source>The composite check digit does not fit.</source>
        <translation>Жалпы бақылау цифры сәйкес емес.</translation>
    </message>
    <message>
        <source>The check digit of the personal number does not fit.</source>
        <translation>Жеке нөмірдің бақылау цифры сәйкес емес.</translation>
    </message>
    <message>
        <source>The personal number tells another date of birth.</source>
        <translation>Жеке нөмір басқа туған күнді көрсетеді.</translation>
    </message>
    <message>
        <source>The personal number tells another sex.</source>
        <translation>Жеке нөмір басқа жынысты көрсетеді.</translation>
    </message>
    <message>
        <source>The personal number has the wrong length.</source>
        <translation>Жеке нөмірдің ұзындығы дұрыс емес.</translation>
    </message>
    <message>
        <source>The personal number does not fit. Compare it.</source>
        <translation>Жеке нөмір сәйкес емес. Салыстырып тексеріңіз.</translation>
    </message>
    <message>
        <source>surname</source>
        <translation>тегі</translation>
    </message>
    <message>
        <source>given name</source>
        <translation>аты</translation>
    </message>
    <message>
        <source>father&apos;s name</source>
        <translation>әкесінің аты</translation>
    </message>
    <message>
        <source>name</source>
        <translation>аты</translation>
    </message>
    <message>
        <source>{part} {traveller} is the same as {alert}</source>
        <translation>{part} {traveller}: {alert} дегенмен бірдей</translation>
    </message>
    <message>
        <source>{part} {traveller} is a spelling of {alert}</source>
        <translation>{part} {traveller}: {alert} жазылуының нұсқасы</translation>
    </message>
    <message>
        <source>{part} {traveller} is similar to {alert}</source>
        <translation>{part} {traveller}: {alert} дегенге ұқсас</translation>
    </message>
    <message>
        <source>{part} {traveller} may be the beginning of {alert}</source>
        <translation>{part} {traveller}: {alert} басы болуы мүмкін</translation>
    </message>
    <message>
        <source>{part} {traveller} is {alert} written together or apart</source>
        <translation>{part} {traveller}: бірге не бөлек жазылған {alert}</translation>
    </message>
    <message>
        <source>{part} {traveller} differs from {alert}</source>
        <translation>{part} {traveller}: {alert} дегеннен өзгеше</translation>
    </message>
    <message>
        <source>the alert does not know the {part} {traveller}</source>
        <translation>хабарландыруда жоқ: {part} {traveller}</translation>
    </message>
    <message>
        <source>the alert has {alert} besides</source>
        <translation>хабарландыруда тағы {alert} бар</translation>
    </message>
    <message>
        <source>the names stand in another order</source>
        <translation>аты-жөні басқа ретпен тұр</translation>
    </message>
    <message>
        <source>{alert} is a further name of {name}</source>
        <translation>{alert}: сол адамның басқа аты ({name})</translation>
    </message>
    <message>
        <source>born {traveller}, as in the alert</source>
        <translation>туған күні {traveller}, хабарландырудағыдай</translation>
    </message>
    <message>
        <source>born {traveller}; the alert says {alert}, which agrees</source>
        <translation>туған күні {traveller}; хабарландыруда {alert}: үйлеседі</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: day and month swapped</source>
        <translation>туған күні {traveller}, хабарландыруда {alert}: күні мен айы ауысқан</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: the same year, one of them 1 January</source>
        <translation>туған күні {traveller}, хабарландыруда {alert}: жылы бірдей, біреуі 1 қаңтар</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: one digit differs</source>
        <translation>туған күні {traveller}, хабарландыруда {alert}: бір цифры өзгеше</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: another day</source>
        <translation>туған күні {traveller}, хабарландыруда {alert}: күні басқа</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: the same year</source>
        <translation>туған күні {traveller}, хабарландыруда {alert}: жылы бірдей</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: one year apart</source>
        <translation>туған күні {traveller}, хабарландыруда {alert}: айырмасы бір жыл</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: not the same</source>
        <translation>туған күні {traveller}, хабарландыруда {alert}: сәйкес емес</translation>
    </message>
    <message>
        <source>one of the dates of birth is not known</source>
        <translation>туған күндердің бірі белгісіз</translation>
    </message>
    <message>
        <source>the same nationality, {state}</source>
        <translation>азаматтығы бірдей, {state}</translation>
    </message>
    <message>
        <source>nationality {traveller}, alert says {alert}</source>
        <translation>азаматтығы {traveller}, хабарландыруда {alert}</translation>
    </message>
    <message>
        <source>the same sex, {sex}</source>
        <translation>жынысы бірдей, {sex}</translation>
    </message>
    <message>
        <source>sex {traveller}, alert says {alert}</source>
        <translation>жынысы {traveller}, хабарландыруда {alert}</translation>
    </message>
    <message>
        <source>document {number} of {state} is in the alert</source>
        <translation>{number} құжаты, {state}, хабарландыруда бар</translation>
    </message>
    <message>
        <source>document {number} of {state} may be listed as stolen or lost: have it confirmed</source>
        <translation>{number} құжаты, {state}, ұрланған немесе жоғалған деп тізімде болуы мүмкін: растау қажет</translation>
    </message>
    <message>
        <source>personal number {number} is in the alert</source>
        <translation>{number} жеке нөмірі хабарландыруда бар</translation>
    </message>
    <message>
        <source>registration plate {number} is in the alert</source>
        <translation>{number} нөмір белгісі хабарландыруда бар</translation>
    </message>
    <message>
        <source>vehicle number {number} is in the alert</source>
        <translation>{number} көлік құралының нөмірі хабарландыруда бар</translation>
    </message>
    <message>
        <source>Wanted for arrest</source>
        <translation>Тұтқындау үшін іздеуде</translation>
    </message>
    <message>
        <source>Wanted for extradition</source>
        <translation>Ұстап беру үшін іздеуде</translation>
    </message>
    <message>
        <source>Entry to be refused</source>
        <translation>Кіруге рұқсат бермеу керек</translation>
    </message>
    <message>
        <source>May not leave</source>
        <translation>Шығуға тыйым салынған</translation>
    </message>
    <message>
        <source>Missing adult</source>
        <translation>Хабарсыз кеткен ересек</translation>
    </message>
    <message>
        <source>Missing child</source>
        <translation>Хабарсыз кеткен бала</translation>
    </message>
    <message>
        <source>Child at risk</source>
        <translation>Қауіптегі бала</translation>
    </message>
    <message>
        <source>Vulnerable person</source>
        <translation>Осал адам</translation>
    </message>
    <message>
        <source>Sought by a court</source>
        <translation>Сот іздеуде</translation>
    </message>
    <message>
        <source>Discreet check</source>
        <translation>Жасырын тексеру</translation>
    </message>
    <message>
        <source>Inquiry check</source>
        <translation>Сұхбатпен тексеру</translation>
    </message>
    <message>
        <source>Specific check</source>
        <translation>Арнайы тексеру</translation>
    </message>
    <message>
        <source>Object to be seized</source>
        <translation>Алып қоюға жататын зат</translation>
    </message>
    <message>
        <source>Invalid document</source>
        <translation>Жарамсыз құжат</translation>
    </message>
    <message>
        <source>Stolen vehicle</source>
        <translation>Ұрланған көлік құралы</translation>
    </message>
    <message>
        <source>Return decision</source>
        <translation>Қайтару туралы шешім</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Денсаулық</translation>
    </message>
    <message>
        <source>Of interest to customs</source>
        <translation>Кеденге қызықты</translation>
    </message>
    <message>
        <source>May not leave: debts</source>
        <translation>Шығуға тыйым: қарыз</translation>
    </message>
    <message>
        <source>Under sanctions</source>
        <translation>Санкция астында</translation>
    </message>
    <message>
        <source>Detain</source>
        <translation>Ұстау</translation>
    </message>
    <message>
        <source>Refuse entry</source>
        <translation>Кіруге рұқсат бермеу</translation>
    </message>
    <message>
        <source>Collect information; the person must not notice</source>
        <translation>Мәлімет жинау; адам байқамауы тиіс</translation>
    </message>
    <message>
        <source>Interview and collect information</source>
        <translation>Сұхбаттасып, мәлімет жинау</translation>
    </message>
    <message>
        <source>Search person and vehicle</source>
        <translation>Адам мен көлікті тексеріп қарау</translation>
    </message>
    <message>
        <source>Seize the object</source>
        <translation>Затты алып қою</translation>
    </message>
    <message>
        <source>Seize the document</source>
        <translation>Құжатты алып қою</translation>
    </message>
    <message>
        <source>Place under protection</source>
        <translation>Қорғауға алу</translation>
    </message>
    <message>
        <source>Report the whereabouts</source>
        <translation>Тұрған жерін хабарлау</translation>
    </message>
    <message>
        <source>Notify the owner of the alert</source>
        <translation>Хабарландыру бастамашысын хабардар ету</translation>
    </message>
    <message>
        <source>Contact the owner of the alert first</source>
        <translation>Алдымен хабарландыру бастамашысымен байланысу</translation>
    </message>
    <message>
        <source>Armed</source>
        <translation>Қаруланған</translation>
    </message>
    <message>
        <source>Violent</source>
        <translation>Күш қолдануға бейім</translation>
    </message>
    <message>
        <source>May flee</source>
        <translation>Қашуы мүмкін</translation>
    </message>
    <message>
        <source>Suicide risk</source>
        <translation>Өзіне қол жұмсау қаупі</translation>
    </message>
    <message>
        <source>Contagious</source>
        <translation>Жұқпалы</translation>
    </message>
    <message>
        <source>Drugs</source>
        <translation>Есірткі</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>Кәмелетке толмаған</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Waiting for a document</source>
        <translation>Құжат күтілуде</translation>
    </message>
    <message>
        <source>What is known about the traveller appears here as soon as a document is read or a name is typed.</source>
        <translation>Құжат оқылғаннан немесе аты енгізілгеннен кейін адам туралы белгілі деректер осында шығады.</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>Оқыдым</translation>
    </message>
    <message>
        <source>The hit before</source>
        <translation>Алдыңғы сәйкестік</translation>
    </message>
    <message>
        <source>Findings: further down</source>
        <translation>Нәтижелер: төмен қарай</translation>
    </message>
    <message>
        <source>Findings: further up</source>
        <translation>Нәтижелер: жоғары қарай</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Нәтижелер</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>Келесі сәйкестік</translation>
    </message>
    <message numerus="yes">
        <source>%n strong match(es) on the watch-list</source>
        <translation>
            <numerusform>бақылау тізімімен %n күшті сәйкестік</numerusform>
            <numerusform>бақылау тізімімен %n күшті сәйкестік</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n possible match(es): compare</source>
        <translation>
            <numerusform>%n ықтимал сәйкестік: салыстырыңыз</numerusform>
            <numerusform>%n ықтимал сәйкестік: салыстырыңыз</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ештеңе табылмады</translation>
    </message>
    <message>
        <source>Look at the remarks</source>
        <translation>Ескертулерді қараңыз</translation>
    </message>
    <message>
        <source>Something is wrong: read the remarks</source>
        <translation>Бірдеңе дұрыс емес: ескертулерді оқыңыз</translation>
    </message>
    <message>
        <source>Document and person</source>
        <translation>Құжат және адам</translation>
    </message>
    <message>
        <source>Valid, nothing to remark.</source>
        <translation>Жарамды, ескерту жоқ.</translation>
    </message>
    <message>
        <source>Stay without a visa</source>
        <translation>Визасыз болу</translation>
    </message>
    <message>
        <source>Earlier crossings known here</source>
        <translation>Осында белгілі бұрынғы өтулер</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Жоқ.</translation>
    </message>
    <message>
        <source>same document</source>
        <translation>сол құжат</translation>
    </message>
    <message>
        <source>same person</source>
        <translation>сол адам</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>қайтарып алынған</translation>
    </message>
</context>
<context>
    <name>FirstLineScreen</name>
    <message>
        <source>Here is what you had typed last.</source>
        <translation>Мұнда соңғы рет енгізгеніңіз тұр.</translation>
    </message>
    <message>
        <source>Read, but not all of it fits: compare the red fields.</source>
        <translation>Оқылды, бірақ бәрі сәйкес емес: қызыл өрістерді салыстырыңыз.</translation>
    </message>
    <message>
        <source>Document read.</source>
        <translation>Құжат оқылды.</translation>
    </message>
    <message>
        <source>Document added to this traveller.</source>
        <translation>Құжат осы адамға қосылды.</translation>
    </message>
    <message>
        <source>The same document, read again.</source>
        <translation>Сол құжат, қайта оқылды.</translation>
    </message>
    <message>
        <source>Another person&apos;s document: it waits. Decide on this traveller first.</source>
        <translation>Басқа адамның құжаты: ол күтеді. Алдымен осы адам бойынша шешіңіз.</translation>
    </message>
    <message>
        <source>New findings. Read them, then decide.</source>
        <translation>Жаңа нәтижелер. Оқып шығып, содан кейін шешіңіз.</translation>
    </message>
    <message>
        <source>Something is missing, see the red field.</source>
        <translation>Бірдеңе жетіспейді, қызыл өрісті қараңыз.</translation>
    </message>
    <message>
        <source>To second line:</source>
        <translation>Екінші шепке:</translation>
    </message>
    <message>
        <source>Refuse entry:</source>
        <translation>Кіруге рұқсат бермеу:</translation>
    </message>
    <message>
        <source>Strong match. F7 refers; F9 once more admits.</source>
        <translation>Күшті сәйкестік. F7 жібереді; тағы бір рет F9 өткізеді.</translation>
    </message>
    <message>
        <source>Taken back. Decide again.</source>
        <translation>Қайтарып алынды. Қайта шешіңіз.</translation>
    </message>
    <message>
        <source>There is no check to take back.</source>
        <translation>Қайтарып алатын тексеру жоқ.</translation>
    </message>
    <message>
        <source>The minute is over. Correct the check in the log.</source>
        <translation>Минут өтті. Тексеруді журналда түзетіңіз.</translation>
    </message>
    <message>
        <source>Second line has decided. Correct the check in the log.</source>
        <translation>Екінші шеп шешті. Тексеруді журналда түзетіңіз.</translation>
    </message>
    <message>
        <source>Headquarters approves refusals: the traveller goes to second line.</source>
        <translation>Рұқсат бермеуді басшылық бекітеді: адам екінші шепке барады.</translation>
    </message>
    <message>
        <source>Propose refusal</source>
        <translation>Бас тартуды ұсыну</translation>
    </message>
    <message>
        <source>{0} · F12 takes it back within {1} s</source>
        <translation>{0} · F12 {1} с ішінде қайтарып алады</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting: {0}</source>
        <translation>
            <numerusform>%n күтуде: {0}</numerusform>
            <numerusform>%n күтуде: {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Second line: {0} · {1}</source>
        <translation>Екінші шеп: {0} · {1}</translation>
    </message>
    <message>
        <source>To the machine-readable zone</source>
        <translation>Машинамен оқылатын аймаққа</translation>
    </message>
    <message>
        <source>Ready for a document</source>
        <translation>Құжатқа дайын</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>No line here</source>
        <translation>Мұнда байланыс жоқ</translation>
    </message>
    <message>
        <source>Add another person</source>
        <translation>Тағы адам қосу</translation>
    </message>
    <message>
        <source>Enrol this computer</source>
        <translation>Осы компьютерді тіркеу</translation>
    </message>
    <message>
        <source>Without a line: ask by a stick</source>
        <translation>Байланыссыз: сұрау флешкамен</translation>
    </message>
    <message>
        <source>1. A request is written to the stick. 2. Headquarters answers it there. 3. Back here, give the answer&apos;s file instead of the provisioning file. Nothing on the stick is secret.</source>
        <translation>1. Флешкаға сұрау жазылады. 2. Орталықта оған жауап береді. 3. Осында дайындау файлының орнына жауап файлын көрсетіңіз. Флешкада құпия ештеңе жоқ.</translation>
    </message>
    <message>
        <source>Write the request</source>
        <translation>Сұрауды жазу</translation>
    </message>
    <message>
        <source>May sign in: {0}</source>
        <translation>Кіре алады: {0}</translation>
    </message>
    <message>
        <source>Asking the centre …</source>
        <translation>Орталыққа сұрау …</translation>
    </message>
    <message>
        <source>The request is at {0}. Digits of the new keys: {1}. Headquarters answers it with enrol-file; its answer is looked for at {2}, the field above says so already.</source>
        <translation>Сұрау жазылды: {0}. Жаңа кілттердің цифрлары: {1}. Орталық enrol-file командасымен жауап береді; жауап мына жерде күтіледі: {2}, жоғарыдағы өріс соны көрсетіп тұр.</translation>
    </message>
    <message>
        <source>Enrolled. Digits of its keys: {0}. Compare them with headquarters.</source>
        <translation>Тіркелді. Кілттерінің цифрлары: {0}. Орталықпен салыстырыңыз.</translation>
    </message>
    <message>
        <source>Go on to sign-in</source>
        <translation>Кіруге өту</translation>
    </message>
    <message>
        <source>Make this computer a workstation</source>
        <translation>Осы компьютерді жұмыс орны ету</translation>
    </message>
    <message>
        <source>Headquarters gives a provisioning file for each workstation, or a token to scan or type. Every person types a pass-phrase of at least twelve characters; four words are good.</source>
        <translation>Орталық әр жұмыс орнына дайындау файлын немесе сканерлейтін не теретін код береді. Әркім кемінде он екі таңбадан тұратын құпия сөйлем тереді; төрт сөз жақсы.</translation>
    </message>
    <message>
        <source>Provisioning &amp;file, or token</source>
        <translation>Дайындау &amp;файлы немесе код</translation>
    </message>
    <message>
        <source>&amp;Workstation&apos;s name, if headquarters gave none</source>
        <translation>&amp;Жұмыс орнының аты, орталық бермесе</translation>
    </message>
    <message>
        <source>Service &amp;number</source>
        <translation>Қызметтік &amp;нөмір</translation>
    </message>
    <message>
        <source>&amp;Role</source>
        <translation>&amp;Рөлі</translation>
    </message>
    <message>
        <source>&amp;Pass-phrase</source>
        <translation>&amp;Кілттік фраза</translation>
    </message>
    <message>
        <source>Pass-phrase &amp;again</source>
        <translation>Кілттік фраза &amp;тағы бір рет</translation>
    </message>
</context>
<context>
    <name>GroundsChoice</name>
    <message>
        <source>Grounds</source>
        <translation>Негіздер</translation>
    </message>
    <message>
        <source>National ground in &amp;full</source>
        <translation>Ұлттық негіз &amp;толығымен</translation>
    </message>
    <message>
        <source>Write the national ground in words.</source>
        <translation>Ұлттық негізді сөзбен жазыңыз.</translation>
    </message>
    <message>
        <source>Choose at least one ground by its letter.</source>
        <translation>Әрпі бойынша кемінде бір негіз таңдаңыз.</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Keys</source>
        <translation>Пернелер</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Блоктау</translation>
    </message>
</context>
<context>
    <name>HitCard</name>
    <message>
        <source>Not read yet</source>
        <translation>Әлі оқылмаған</translation>
    </message>
    <message>
        <source>born {0}</source>
        <translation>туған күні {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{1} ішінен {0}</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Оқылды</translation>
    </message>
</context>
<context>
    <name>HitDeskScreen</name>
    <message>
        <source>Hits</source>
        <translation>Сәйкестіктер</translation>
    </message>
    <message>
        <source>Enter opens the hit. That it was opened is recorded.</source>
        <translation>Enter сәйкестікті ашады. Ашылғаны жазылады.</translation>
    </message>
    <message>
        <source>Next list of hits</source>
        <translation>Сәйкестіктердің келесі тізімі</translation>
    </message>
    <message>
        <source>List of hits before</source>
        <translation>Сәйкестіктердің алдыңғы тізімі</translation>
    </message>
    <message>
        <source>No hit waits. Hits of the booths and late hits appear here by themselves.</source>
        <translation>Сәйкестік жоқ. Кабиналардағы және кеш табылған сәйкестіктер мұнда өздігінен шығады.</translation>
    </message>
    <message>
        <source>No verdict waits for a second person.</source>
        <translation>Екінші адамды күтіп тұрған қорытынды жоқ.</translation>
    </message>
    <message>
        <source>No owner is still to be told.</source>
        <translation>Барлық бастамашыға хабарланды.</translation>
    </message>
    <message>
        <source>Nothing was confirmed by one person alone.</source>
        <translation>Бір адам жалғыз растаған ештеңе жоқ.</translation>
    </message>
    <message>
        <source>No possible matches on which the booth decided.</source>
        <translation>Кабина шешкен ықтимал сәйкестік жоқ.</translation>
    </message>
    <message>
        <source>No hit has been closed here yet.</source>
        <translation>Мұнда әлі бірде-бір сәйкестік жабылмаған.</translation>
    </message>
    <message>
        <source>There are no hits.</source>
        <translation>Сәйкестіктер жоқ.</translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Тексерілетін адам</translation>
    </message>
    <message>
        <source>How far</source>
        <translation>Күйі</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Хабарлау</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Не талап етіледі</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Хабарландыру</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Табылды</translation>
    </message>
</context>
<context>
    <name>HitFacts</name>
    <message>
        <source>What is known</source>
        <translation>Не белгілі</translation>
    </message>
    <message>
        <source>The booth has taken this check back: nothing more is to be done.</source>
        <translation>Кабина бұл тексеруді қайтарып алды: енді ештеңе істеу қажет емес.</translation>
    </message>
    <message>
        <source>The owner has withdrawn this alert since, or it has expired.</source>
        <translation>Содан бері бастамашы хабарландыруды қайтарып алды немесе мерзімі өтті.</translation>
    </message>
    <message>
        <source>The alert is no longer on the list of this workstation.</source>
        <translation>Хабарландыру осы жұмыс орнының тізімінде енді жоқ.</translation>
    </message>
    <message>
        <source>Two verdicts contradict each other. Look again and say which stands.</source>
        <translation>Екі қорытынды бір-біріне қайшы. Қайта қарап, қайсысы дұрыс екенін айтыңыз.</translation>
    </message>
    <message>
        <source>Confirmed by one person alone: a supervisor has still to look at it.</source>
        <translation>Бір адам жалғыз растаған: ауысым бастығы әлі қарауы керек.</translation>
    </message>
    <message>
        <source>list {0}, version {1}</source>
        <translation>{0} тізімі, {1}-нұсқа</translation>
    </message>
    <message>
        <source>Why it was found</source>
        <translation>Неге табылды</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Не жасалды</translation>
    </message>
    <message>
        <source>workstation</source>
        <translation>жұмыс орны</translation>
    </message>
</context>
<context>
    <name>HitScreen</name>
    <message>
        <source>Back</source>
        <translation>Артқа</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Қорытынды</translation>
    </message>
    <message>
        <source>Second opinion</source>
        <translation>Екінші пікір</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Шара</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Мәліметтер</translation>
    </message>
    <message>
        <source>Tell the owner</source>
        <translation>Бастамашыға хабарлау</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Тексеріп шығу</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Жабу</translation>
    </message>
    <message>
        <source>Changed elsewhere while it was open here.</source>
        <translation>Мұнда ашық тұрғанда басқа жерде өзгертілді.</translation>
    </message>
</context>
<context>
    <name>HitWords</name>
    <message>
        <source>Overdue: the owner was to be told by {0}, {1} ago</source>
        <translation>Мерзімі өтті: бастамашыға {0} дейін хабарлау керек еді, кешігу {1}</translation>
    </message>
    <message>
        <source>Tell the owner by {0}, {1} left</source>
        <translation>Бастамашыға {0} дейін хабарлау керек, {1} қалды</translation>
    </message>
    <message>
        <source>{0} overdue</source>
        <translation>{0} кешікті</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>{0} қалды</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} сағ {1} мин</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n күн</numerusform>
            <numerusform>%n күн</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n сағ</numerusform>
            <numerusform>%n сағ</numerusform>
        </translation>
    </message>
    <message>
        <source>found later</source>
        <translation>кейін табылды</translation>
    </message>
    <message>
        <source>alone</source>
        <translation>жалғыз</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>қайтарып алынды</translation>
    </message>
    <message>
        <source>Saw it as a strong match</source>
        <translation>Күшті сәйкестік ретінде көрді</translation>
    </message>
    <message>
        <source>Saw it as a possible match</source>
        <translation>Ықтимал сәйкестік ретінде көрді</translation>
    </message>
    <message>
        <source>confirmed alone: {0}</source>
        <translation>жалғыз растады: {0}</translation>
    </message>
    <message>
        <source>Owner told: {0}</source>
        <translation>Бастамашыға хабарланды: {0}</translation>
    </message>
    <message>
        <source>answer: {0}</source>
        <translation>жауабы: {0}</translation>
    </message>
    <message>
        <source>Information collected</source>
        <translation>Мәліметтер жиналды</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Жабылды</translation>
    </message>
</context>
<context>
    <name>InterviewNotes</name>
    <message>
        <source>&amp;Kind of interview</source>
        <translation>Сұхбат &amp;түрі</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>таңдаңыз</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>Тіл&amp;і</translation>
    </message>
    <message>
        <source>&amp;Persons present</source>
        <translation>&amp;Қатысқандар</translation>
    </message>
    <message>
        <source>&amp;Interpreter</source>
        <translation>&amp;Аудармашы</translation>
    </message>
    <message>
        <source>Next &amp;question</source>
        <translation>Келесі &amp;сұрақ</translation>
    </message>
    <message>
        <source>&amp;Account in the person&apos;s own words</source>
        <translation>Өз сөзімен &amp;баяндауы</translation>
    </message>
    <message>
        <source>The notes were read &amp;back to the person</source>
        <translation>Жазба адамға &amp;дауыстап оқылды</translation>
    </message>
    <message>
        <source>The person&apos;s &amp;signature</source>
        <translation>Адамның қо&amp;лтаңбасы</translation>
    </message>
    <message>
        <source>&amp;Reason given</source>
        <translation>Айтқан &amp;себебі</translation>
    </message>
    <message>
        <source>&amp;For supervisors only</source>
        <translation>&amp;Тек бастықтар үшін</translation>
    </message>
    <message>
        <source>Encrypted when you close them: afterwards you cannot read them either.</source>
        <translation>Жапқанда шифрланады: кейін өзіңіз де оқи алмайсыз.</translation>
    </message>
    <message>
        <source>Not possible yet: the key of the supervisors comes with the first contact with headquarters.</source>
        <translation>Әзірге болмайды: бастықтардың кілті орталықпен алғашқы байланыста келеді.</translation>
    </message>
    <message>
        <source>Write at least one question and its answer.</source>
        <translation>Кемінде бір сұрақ пен жауап жазыңыз.</translation>
    </message>
    <message>
        <source>Choose the language that was spoken.</source>
        <translation>Сөйлескен тілді таңдаңыз.</translation>
    </message>
    <message>
        <source>Choose whether the person signed the notes.</source>
        <translation>Адам жазбаға қол қойды ма, таңдаңыз.</translation>
    </message>
    <message>
        <source>Write why the person did not sign.</source>
        <translation>Неге қол қойылмағанын жазыңыз.</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Орыс тілі</translation>
    </message>
    <message>
        <source>Kazakh</source>
        <translation>Қазақ тілі</translation>
    </message>
    <message>
        <source>Kyrgyz</source>
        <translation>Қырғыз тілі</translation>
    </message>
    <message>
        <source>Uzbek</source>
        <translation>Өзбек тілі</translation>
    </message>
    <message>
        <source>Tajik</source>
        <translation>Тәжік тілі</translation>
    </message>
    <message>
        <source>Turkmen</source>
        <translation>Түрікмен тілі</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Ағылшын тілі</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Түрік тілі</translation>
    </message>
    <message>
        <source>Persian, Dari</source>
        <translation>Парсы тілі, дари</translation>
    </message>
    <message>
        <source>Pashto</source>
        <translation>Пушту тілі</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Қытай тілі</translation>
    </message>
    <message>
        <source>Uyghur</source>
        <translation>Ұйғыр тілі</translation>
    </message>
    <message>
        <source>Mongolian</source>
        <translation>Моңғол тілі</translation>
    </message>
    <message>
        <source>Another language</source>
        <translation>Басқа тіл</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>Сұрақтар мен жауаптар</translation>
    </message>
</context>
<context>
    <name>ItemRow</name>
    <message>
        <source>{0}: what was noted</source>
        <translation>{0}: не жазылды</translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>Keys</source>
        <translation>Пернелер</translation>
    </message>
    <message>
        <source>F1 closes this list.</source>
        <translation>F1 бұл тізімді жабады.</translation>
    </message>
    <message>
        <source>Next field, or open</source>
        <translation>Келесі өріс немесе ашу</translation>
    </message>
    <message>
        <source>Next part of the screen</source>
        <translation>Экранның келесі бөлігі</translation>
    </message>
    <message>
        <source>With an underlined letter: to that field</source>
        <translation>Асты сызылған әріппен: сол өріске</translation>
    </message>
    <message>
        <source>Back; nothing typed is lost</source>
        <translation>Артқа; енгізілген жоғалмайды</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>In force</source>
        <translation>Күшінде</translation>
    </message>
    <message>
        <source>What was not taken</source>
        <translation>Не қабылданбады</translation>
    </message>
    <message>
        <source>Noticed on {0}.</source>
        <translation>{0} байқалды.</translation>
    </message>
    <message>
        <source>Version {0} stays in force.</source>
        <translation>{0}-нұсқа күшінде қалады.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Нұсқасы</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Мазмұны</translation>
    </message>
    <message>
        <source>Issued by headquarters</source>
        <translation>Орталық шығарған</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Жасы</translation>
    </message>
    <message>
        <source>Headquarters&apos; limits</source>
        <translation>Орталық қойған шектер</translation>
    </message>
    <message>
        <source>fresh up to {0} hours, not current after {1} hours</source>
        <translation>{0} сағатқа дейін жаңа, {1} сағаттан кейін өзекті емес</translation>
    </message>
    <message>
        <source>Came here</source>
        <translation>Мұнда келді</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Күтуде</translation>
    </message>
    <message>
        <source>version {0} is here and is being put into force</source>
        <translation>{0}-нұсқа осында және күшіне енгізілуде</translation>
    </message>
    <message>
        <source>Announced</source>
        <translation>Жарияланды</translation>
    </message>
    <message>
        <source>version {0}, it is not here yet</source>
        <translation>{0}-нұсқа, ол мұнда әлі жоқ</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Тексерулер</translation>
    </message>
    <message>
        <source>go on; each records how old the list was</source>
        <translation>жалғасады; әрқайсысында тізімнің жасы жазылады</translation>
    </message>
    <message>
        <source>The list in words</source>
        <translation>Тізім сөзбен</translation>
    </message>
</context>
<context>
    <name>ListWords</name>
    <message>
        <source>fresh</source>
        <translation>жаңа</translation>
    </message>
    <message>
        <source>old</source>
        <translation>ескі</translation>
    </message>
    <message>
        <source>not current</source>
        <translation>өзекті емес</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>жоқ</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>күшінде</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>әлі жоқ</translation>
    </message>
    <message>
        <source>{0}, new one not taken</source>
        <translation>{0}, жаңасы қабылданбады</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n хабарландыру</numerusform>
            <numerusform>%n хабарландыру</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n құжат</numerusform>
            <numerusform>%n құжат</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n файл</numerusform>
            <numerusform>%n файл</numerusform>
        </translation>
    </message>
    <message>
        <source>Call headquarters, and give them this sentence.</source>
        <translation>Орталыққа қоңырау шалып, осы сөйлемді айтыңыз.</translation>
    </message>
    <message>
        <source>What came is older than what has been here before ({role}). Somebody may be holding old lists up to this workstation.</source>
        <translation>Келгені осында бұрын болғаннан ескі ({role}). Біреу бұл жұмыс орнына ескі тізімдерді ұсынып отыруы мүмкін.</translation>
    </message>
    <message>
        <source>Headquarters tells of version {announced}, but what it signed reaches only to version {signed}. It is tried again by itself.</source>
        <translation>Орталық {announced}-нұсқа туралы айтады, бірақ қол қойылғаны тек {signed}-нұсқаға дейін. Әрекет өздігінен қайталанады.</translation>
    </message>
    <message>
        <source>{file} did not come along, so the signatures are not complete. It is tried again by itself; from a stick, have it written anew.</source>
        <translation>{file} келмеді, сондықтан қолтаңбалар толық емес. Әрекет өздігінен қайталанады; тасығыштан болса, оны қайта жаздыртыңыз.</translation>
    </message>
    <message>
        <source>Parts of different publications came together ({role}). It is tried again by itself; from a stick, have it written anew.</source>
        <translation>Әртүрлі жарияланымның бөліктері араласқан ({role}). Әрекет өздігінен қайталанады; тасығыштан болса, оны қайта жаздыртыңыз.</translation>
    </message>
    <message>
        <source>{role} was not signed by those who may sign it. Somebody may be trying to slip a false list in.</source>
        <translation>{role}: қол қоюға құқылы адамдар қол қоймаған. Біреу жалған тізім енгізбек болуы мүмкін.</translation>
    </message>
    <message>
        <source>The signature of {role} is no longer valid.</source>
        <translation>{role} қолтаңбасы енді жарамсыз.</translation>
    </message>
    <message>
        <source>{role} is not what signed lists look like.</source>
        <translation>{role} қол қойылған тізімге ұқсамайды.</translation>
    </message>
    <message>
        <source>{file} is longer than what was signed, so it was broken off.</source>
        <translation>{file} қол қойылғаннан ұзын, сондықтан қабылдау тоқтатылды.</translation>
    </message>
    <message>
        <source>{file} is not what was signed: it was altered or damaged on the way. It is tried again by itself; from a stick, have it written anew.</source>
        <translation>{file} қол қойылғаны емес: жолда өзгертілген немесе бүлінген. Әрекет өздігінен қайталанады; тасығыштан болса, оны қайта жаздыртыңыз.</translation>
    </message>
    <message>
        <source>{file} was signed, but it is not there. It is tried again by itself; from a stick, have it written anew.</source>
        <translation>{file} қол қойылған, бірақ жоқ. Әрекет өздігінен қайталанады; тасығыштан болса, оны қайта жаздыртыңыз.</translation>
    </message>
    <message>
        <source>{file} cannot be decrypted here.</source>
        <translation>{file} мұнда шифрдан шығарылмайды.</translation>
    </message>
    <message>
        <source>This version of the program cannot read {file}. Install the newest version.</source>
        <translation>Бағдарламаның бұл нұсқасы {file} оқи алмайды. Ең жаңасын орнатыңыз.</translation>
    </message>
    <message>
        <source>{file} did not give the list that was signed. The whole list is fetched instead.</source>
        <translation>{file} қол қойылған тізімді бермеді. Оның орнына бүкіл тізім алынады.</translation>
    </message>
    <message>
        <source>{file} changes another version than the one here. The whole list is fetched instead.</source>
        <translation>{file} мұндағыны емес, басқа нұсқаны өзгертеді. Оның орнына бүкіл тізім алынады.</translation>
    </message>
    <message>
        <source>{file} names one alert twice.</source>
        <translation>{file} бір хабарландыруды екі рет атайды.</translation>
    </message>
    <message>
        <source>This workstation has not been given the key to it. It comes with a contact over the line; if it does not, call headquarters.</source>
        <translation>Бұл жұмыс орнына оның кілті берілмеген. Ол байланыс кезінде келеді; келмесе, орталыққа қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>The disk is too full: {needed} bytes are needed. Free some space; it is tried again by itself.</source>
        <translation>Диск толып кеткен: {needed} байт қажет. Орын босатыңыз; әрекет өздігінен қайталанады.</translation>
    </message>
    <message>
        <source>A file could not be read or written: {why}.</source>
        <translation>Файлды оқу немесе жазу мүмкін болмады: {why}.</translation>
    </message>
    <message>
        <source>What it brings is older than what is here, so nothing was taken from it.</source>
        <translation>Ондағы мұндағыдан ескі, сондықтан ештеңе алынбады.</translation>
    </message>
    <message>
        <source>There are no lists of headquarters in this folder. Choose the folder that holds them, or have the stick written anew.</source>
        <translation>Бұл қалтада орталықтың тізімдері жоқ. Олар тұрған қалтаны таңдаңыз немесе тасығышты қайта жаздыртыңыз.</translation>
    </message>
</context>
<context>
    <name>ListsScreen</name>
    <message>
        <source>Lists</source>
        <translation>Тізімдер</translation>
    </message>
    <message>
        <source>Nothing has come from headquarters yet.</source>
        <translation>Орталықтан әлі ештеңе келген жоқ.</translation>
    </message>
    <message>
        <source>Crossings compared again</source>
        <translation>Қайта салыстырылған өтулер</translation>
    </message>
    <message>
        <source>Look for new lists now</source>
        <translation>Жаңа тізімдерді іздеу</translation>
    </message>
    <message>
        <source>Read a stick</source>
        <translation>Тасығышты оқу</translation>
    </message>
    <message>
        <source>Write what waits to a stick</source>
        <translation>Күтіп тұрғанын тасығышқа жазу</translation>
    </message>
    <message>
        <source>Lists and answers from a stick</source>
        <translation>Тасығыштағы тізімдер мен жауаптар</translation>
    </message>
    <message>
        <source>Headquarters&apos; own signatures are checked, whoever carried the stick. What is older than what is here is not taken.</source>
        <translation>Тасығышты кім әкелсе де, орталықтың өз қолтаңбалары тексеріледі. Мұндағыдан ескісі алынбайды.</translation>
    </message>
    <message>
        <source>Bring them here</source>
        <translation>Осында алу</translation>
    </message>
    <message>
        <source>Records to a stick</source>
        <translation>Жазбаларды тасығышқа</translation>
    </message>
    <message>
        <source>What waits is written encrypted: only the centre can read it. It also stays here, and waits until the centre has answered.</source>
        <translation>Күтіп тұрғаны шифрланып жазылады: оны тек орталық оқи алады. Ол осында да қалып, орталық жауап бергенше күтеді.</translation>
    </message>
    <message>
        <source>Write them</source>
        <translation>Жазу</translation>
    </message>
    <message>
        <source>Headquarters was last asked on {0}.</source>
        <translation>Орталыққа соңғы сұрау: {0}.</translation>
    </message>
    <message>
        <source>Headquarters has not been asked yet.</source>
        <translation>Орталықтан әлі сұралған жоқ.</translation>
    </message>
    <message>
        <source>Headquarters has signed nothing new since {0}, although it was asked. If this goes on, call headquarters: somebody may be holding newer lists back.</source>
        <translation>Орталық {0} бері жаңа ештеңеге қол қойған жоқ, сұралса да. Осылай жалғасса, орталыққа қоңырау шалыңыз: біреу жаңа тізімдерді ұстап тұруы мүмкін.</translation>
    </message>
    <message numerus="yes">
        <source>Crossings of the last %n day(s) compared with these lists: {0} of {1}</source>
        <translation>
            <numerusform>Соңғы %n күндегі өтулер осы тізімдермен салыстырылды: {1} ішінен {0}</numerusform>
            <numerusform>Соңғы %n күндегі өтулер осы тізімдермен салыстырылды: {1} ішінен {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Headquarters is being asked. What is new appears here by itself.</source>
        <translation>Орталықтан сұралуда. Жаңасы мұнда өздігінен шығады.</translation>
    </message>
    <message>
        <source>Looking at the stick …</source>
        <translation>Тасығыш қаралуда …</translation>
    </message>
    <message>
        <source>Writing to the stick …</source>
        <translation>Тасығышқа жазылуда …</translation>
    </message>
    <message>
        <source>Writing to the stick: {0} of {1} bundles</source>
        <translation>Тасығышқа жазылуда: {1} пакеттің {0}</translation>
    </message>
    <message>
        <source>Bringing {0}: {1} of {2} MB</source>
        <translation>Алынуда {0}: {2} МБ ішінен {1}</translation>
    </message>
    <message>
        <source>{0}: version {1} is in force.</source>
        <translation>{0}: {1}-нұсқа күшінде.</translation>
    </message>
    <message>
        <source>{0}: version {1} is here and comes into force at the next sign-in.</source>
        <translation>{0}: {1}-нұсқа осында, келесі кіргенде күшіне енеді.</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Тізім</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Күйі</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Нұсқасы</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Жасы</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Мазмұны</translation>
    </message>
</context>
<context>
    <name>LogScreen</name>
    <message>
        <source>Log</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Name, document number, plate, nationality</source>
        <translation>Аты, құжат нөмірі, нөмір белгісі, азаматтығы</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Барлығы</translation>
    </message>
    <message>
        <source>No check fits. Widen the search or the days.</source>
        <translation>Ештеңе сәйкес келмейді. Іздеуді немесе күндерді кеңейтіңіз.</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Алдыңғы бет</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Келесі бет</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Артқа</translation>
    </message>
    <message>
        <source>Whoever opens a record says why; the reason is recorded.</source>
        <translation>Жазбаны ашқан адам себебін айтады; ол жазылады.</translation>
    </message>
    <message>
        <source>&amp;Why do you open it?</source>
        <translation>&amp;Неге ашасыз?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ашық</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Іздеу</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s)</source>
        <translation>
            <numerusform>%n тексеру</numerusform>
            <numerusform>%n тексеру</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}: {1} to {2}</source>
        <translation>{0}: {1}–{2}</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Бүгін</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Кеше</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Соңғы 7 күн</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>Барлық күндер</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Алдымен жаңалары</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Алдымен ескілері</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Іздеу</translation>
    </message>
    <message>
        <source>Da&amp;ys</source>
        <translation>&amp;Күндер</translation>
    </message>
    <message>
        <source>&amp;Direction</source>
        <translation>&amp;Бағыты</translation>
    </message>
    <message>
        <source>D&amp;ecision</source>
        <translation>&amp;Шешім</translation>
    </message>
    <message>
        <source>S&amp;tate</source>
        <translation>Кү&amp;йі</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>&amp;Реті</translation>
    </message>
</context>
<context>
    <name>MrzField</name>
    <message>
        <source>Read a document, or type or paste its machine-readable zone</source>
        <translation>Құжатты оқытыңыз немесе оның машинамен оқылатын аймағын енгізіңіз</translation>
    </message>
    <message>
        <source>Machine-readable zone</source>
        <translation>Машинамен оқылатын аймақ</translation>
    </message>
    <message>
        <source>no lines yet</source>
        <translation>әзірге жол жоқ</translation>
    </message>
    <message>
        <source>Nothing was read. Read the document again.</source>
        <translation>Ештеңе оқылмады. Құжатты қайта оқытыңыз.</translation>
    </message>
    <message>
        <source>Line {0} has {1} characters, {2} are needed. Correct it, or read the document again.</source>
        <translation>{0}-жолда {1} таңба бар, {2} керек. Түзетіңіз немесе құжатты қайта оқытыңыз.</translation>
    </message>
    <message>
        <source>A machine-readable zone has two or three lines. Read the document again.</source>
        <translation>Машинамен оқылатын аймақта екі немесе үш жол бар. Құжатты қайта оқытыңыз.</translation>
    </message>
    <message>
        <source>This is no machine-readable zone. Read the document again.</source>
        <translation>Бұл машинамен оқылатын аймақ емес. Құжатты қайта оқытыңыз.</translation>
    </message>
</context>
<context>
    <name>MrzWords</name>
    <message>
        <source>Check digit does not fit: compare.</source>
        <translation>Бақылау цифры сәйкес емес: салыстырыңыз.</translation>
    </message>
    <message>
        <source>“{0}” cannot stand here. Compare with the document.</source>
        <translation>«{0}» мұнда тұра алмайды. Құжатпен салыстырыңыз.</translation>
    </message>
    <message>
        <source>Not in the zone. Write it as the document says.</source>
        <translation>Аймақта бұл жоқ. Құжаттағыдай жазыңыз.</translation>
    </message>
    <message>
        <source>“{0}” is no date. Compare with the document.</source>
        <translation>«{0}» күн емес. Құжатпен салыстырыңыз.</translation>
    </message>
    <message>
        <source>“{0}” is no State code we know. Compare with the document.</source>
        <translation>«{0}» мемлекет коды белгісіз. Құжатпен салыстырыңыз.</translation>
    </message>
    <message>
        <source>The fillers between the names look misread. Compare them.</source>
        <translation>Аттар арасындағы толтырғыштар қате оқылған сияқты. Салыстырыңыз.</translation>
    </message>
    <message>
        <source>“{0}” is no kind of document. Compare with the document.</source>
        <translation>«{0}» деген құжат түрі жоқ. Құжатпен салыстырыңыз.</translation>
    </message>
    <message>
        <source>Compare this with the document.</source>
        <translation>Мұны құжатпен салыстырыңыз.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Нөмір</translation>
    </message>
    <message>
        <source>Birth</source>
        <translation>Туған күні</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>Мерзімі</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Қосымша</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>Жалпы</translation>
    </message>
</context>
<context>
    <name>OfficersScreen</name>
    <message>
        <source>Officers of this workstation</source>
        <translation>Осы жұмыс орнының қызметкерлері</translation>
    </message>
    <message>
        <source>Nobody has a slot here.</source>
        <translation>Мұнда ешкімнің кіруі жоқ.</translation>
    </message>
    <message>
        <source>&amp;Why he leaves</source>
        <translation>&amp;Неге кетіп жатыр</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Алып тастау</translation>
    </message>
    <message>
        <source>Yes, let him in no more</source>
        <translation>Иә, енді кіргізбеу</translation>
    </message>
    <message>
        <source>Remove {0}? He is let in no more, at once.</source>
        <translation>{0} алып тасталсын ба? Ол бірден енді кіре алмайды.</translation>
    </message>
    <message>
        <source>{0} is let in no more. The files are given a new key at the next sign-in.</source>
        <translation>{0} енді кіре алмайды. Келесі кіруде файлдарға жаңа кілт беріледі.</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>Қызметтік нөмір</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Рөлі</translation>
    </message>
    <message>
        <source>By headquarters&apos; list</source>
        <translation>Орталық тізімі бойынша</translation>
    </message>
    <message>
        <source>left; kept, because nobody else could open this workstation</source>
        <translation>кетті; қалдырылды, әйтпесе жұмыс орнын ешкім аша алмайды</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>шеттетілген</translation>
    </message>
    <message>
        <source>left; removed at the next sign-in</source>
        <translation>кетті; келесі кіруде алып тасталады</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Қызметкерлер</translation>
    </message>
    <message>
        <source>What he recorded stays. Nobody removes himself: so one remains.</source>
        <translation>Ол жазғаны қалады. Ешкім өзін алып тастамайды: біреуі әрқашан қалады.</translation>
    </message>
</context>
<context>
    <name>OpinionPanel</name>
    <message>
        <source>Record the opinion</source>
        <translation>Пікірді жазу</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>Пікір</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>Ес&amp;кертпе</translation>
    </message>
    <message>
        <source>Officer {0} says: {1} ({2})</source>
        <translation>{0} қызметкері: {1} ({2})</translation>
    </message>
</context>
<context>
    <name>OptionButton</name>
    <message>
        <source>Key {0}</source>
        <translation>{0} пернесі</translation>
    </message>
</context>
<context>
    <name>OutcomePanel</name>
    <message>
        <source>Outcome</source>
        <translation>Қорытынды</translation>
    </message>
    <message>
        <source>&amp;Comment for the booth</source>
        <translation>Кабинаға ес&amp;кертпе</translation>
    </message>
    <message>
        <source>Send the outcome</source>
        <translation>Қорытындыны жіберу</translation>
    </message>
    <message>
        <source>Choose an outcome by its number.</source>
        <translation>Қорытындыны нөмірі бойынша таңдаңыз.</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Log</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Тексеріп шығу</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Тізімдер</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Қызметкерлер</translation>
    </message>
    <message>
        <source>First line</source>
        <translation>Бірінші шеп</translation>
    </message>
    <message>
        <source>Second line</source>
        <translation>Екінші шеп</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Сәйкестіктер</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Checkpoint Client</source>
        <translation>Checkpoint Client</translation>
    </message>
</context>
<context>
    <name>Proposals</name>
    <message>
        <source>Perhaps misread. Compare with the document:</source>
        <translation>Қате оқылған болуы мүмкін. Құжатпен салыстырыңыз:</translation>
    </message>
    <message>
        <source>{1}, not {0}</source>
        <translation>{0} емес, {1}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Places</source>
        <translation>Жұмыс орындары</translation>
    </message>
</context>
<context>
    <name>ReasonPanel</name>
    <message>
        <source>choose</source>
        <translation>таңдаңыз</translation>
    </message>
    <message>
        <source>&amp;Note, such as a file number</source>
        <translation>Ес&amp;кертпе, мысалы іс нөмірі</translation>
    </message>
</context>
<context>
    <name>RecordPane</name>
    <message>
        <source>Record</source>
        <translation>Жазба</translation>
    </message>
    <message>
        <source>officer {0}</source>
        <translation>қызметкер {0}</translation>
    </message>
    <message>
        <source>workstation {0}</source>
        <translation>жұмыс орны {0}</translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation>жазба {0}</translation>
    </message>
    <message>
        <source>Taken back at {0}</source>
        <translation>{0} қайтарып алынды</translation>
    </message>
    <message numerus="yes">
        <source>%n correction(s)</source>
        <translation>
            <numerusform>%n түзету</numerusform>
            <numerusform>%n түзету</numerusform>
        </translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Адам</translation>
    </message>
    <message>
        <source>Crossing</source>
        <translation>Өту</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Түзету</translation>
    </message>
    <message>
        <source>{0}: was “{1}”, reads “{2}”</source>
        <translation>{0}: «{1}» болған, енді «{2}»</translation>
    </message>
    <message>
        <source>Referred to second line</source>
        <translation>Екінші шепке жіберілді</translation>
    </message>
    <message>
        <source>Outcome of second line</source>
        <translation>Екінші шептің қорытындысы</translation>
    </message>
    <message>
        <source>Interview</source>
        <translation>Сұхбат</translation>
    </message>
    <message>
        <source>addendum</source>
        <translation>толықтыру</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>Тексеріп шығулар</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>Кім ашқан</translation>
    </message>
    <message>
        <source>{0}   (was {1})</source>
        <translation>{0}   ({1} болған)</translation>
    </message>
</context>
<context>
    <name>RecordScreen</name>
    <message>
        <source>Correct</source>
        <translation>Түзету</translation>
    </message>
    <message>
        <source>Back to the log</source>
        <translation>Журналға қайту</translation>
    </message>
</context>
<context>
    <name>ReferPanel</name>
    <message>
        <source>Reason</source>
        <translation>Себебі</translation>
    </message>
    <message>
        <source>&amp;Comment for second line</source>
        <translation>Екінші шепке ес&amp;кертпе</translation>
    </message>
    <message>
        <source>Send to second line</source>
        <translation>Екінші шепке жіберу</translation>
    </message>
    <message>
        <source>Choose a reason by its number.</source>
        <translation>Себебін нөмірі бойынша таңдаңыз.</translation>
    </message>
</context>
<context>
    <name>RefusePanel</name>
    <message>
        <source>&amp;Comment</source>
        <translation>Ес&amp;кертпе</translation>
    </message>
    <message>
        <source>Refuse entry</source>
        <translation>Кіруге рұқсат бермеу</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Record the report</source>
        <translation>Хабарлауды жазу</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Қалай</translation>
    </message>
    <message>
        <source>&amp;To whom</source>
        <translation>Кі&amp;мге</translation>
    </message>
    <message>
        <source>now</source>
        <translation>қазір</translation>
    </message>
    <message>
        <source>&amp;When</source>
        <translation>&amp;Қашан</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Жауабы</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>Ес&amp;кертпе</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Review</source>
        <translation>Тексеріп шығу</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Қаралды</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Қарауға</translation>
    </message>
    <message>
        <source>Everything is reviewed.</source>
        <translation>Бәрі қаралды.</translation>
    </message>
    <message>
        <source>&amp;Note to the author</source>
        <translation>Авторға &amp;ескертпе</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ашу</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Сұрақ</translation>
    </message>
    <message>
        <source>Countersign</source>
        <translation>Растау</translation>
    </message>
    <message>
        <source>{0} of {1} reviewed</source>
        <translation>{1} ішінен {0} қаралды</translation>
    </message>
    <message>
        <source>Enter opens the record chosen</source>
        <translation>Enter таңдалған жазбаны ашады</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Уақыты</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Аты-жөні</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Шешім</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Қызметкер</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>taken back</source>
        <translation>қайтарып алынған</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>түзетілген</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Уақыты</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Аты-жөні</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Туған күні</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Азам.</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Құжат</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Нөмір</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Бағыты</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Шешім</translation>
    </message>
    <message>
        <source>What followed</source>
        <translation>Кейін не болды</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Қызметкер</translation>
    </message>
</context>
<context>
    <name>SecondLineScreen</name>
    <message>
        <source>Waiting for second line</source>
        <translation>Екінші шепті күтуде</translation>
    </message>
    <message>
        <source>This referral is no longer here.</source>
        <translation>Бұл жіберілім мұнда енді жоқ.</translation>
    </message>
    <message>
        <source>Sent to the booth: {0} · {1}</source>
        <translation>Кабинаға жіберілді: {0} · {1}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Күтуде</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Аты-жөні</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Туған күні</translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation>Азаматтығы</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Себебі</translation>
    </message>
    <message>
        <source>Referred by</source>
        <translation>Кім жіберген</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>Кім ашқан</translation>
    </message>
    <message>
        <source>Nobody waits. Referrals from the booths appear here by themselves.</source>
        <translation>Ешкім күтіп тұрған жоқ. Кабиналардан жіберілгендер мұнда өздігінен шығады.</translation>
    </message>
    <message>
        <source>Enter opens the case. That it was opened is recorded.</source>
        <translation>Enter істі ашады. Оның ашылғаны жазылады.</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Service &amp;number</source>
        <translation>Қызметтік &amp;нөмір</translation>
    </message>
    <message>
        <source>&amp;Pass-phrase</source>
        <translation>&amp;Кілттік фраза</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Жүйеге кіру</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Көрсету</translation>
    </message>
    <message>
        <source>Opening the encrypted file …</source>
        <translation>Шифрланған файл ашылуда …</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Жасыру</translation>
    </message>
    <message>
        <source>Latin letters</source>
        <translation>Латын әріптері</translation>
    </message>
    <message>
        <source>Cyrillic letters</source>
        <translation>Кирилл әріптері</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Caps Lock қосулы</translation>
    </message>
    <message>
        <source>Checkpoint Client</source>
        <translation>Checkpoint Client</translation>
    </message>
    <message>
        <source>Demonstration: invented people and their pass-phrases</source>
        <translation>Көрсетілім: ойдан шығарылған адамдар және олардың кілттік фразалары</translation>
    </message>
</context>
<context>
    <name>StageWords</name>
    <message>
        <source>Setting up a central server …</source>
        <translation>Орталық сервер дайындалуда …</translation>
    </message>
    <message>
        <source>Publishing a watch-list …</source>
        <translation>Бақылау тізімі жариялануда …</translation>
    </message>
    <message>
        <source>Enrolling this workstation …</source>
        <translation>Жұмыс орны тіркелуде …</translation>
    </message>
    <message>
        <source>Letting the staff in …</source>
        <translation>Қызметкерлер қосылуда …</translation>
    </message>
    <message>
        <source>Recording the days before …</source>
        <translation>Өткен күндер жазылуда …</translation>
    </message>
    <message>
        <source>Ready.</source>
        <translation>Дайын.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Line not tried yet</source>
        <translation>Байланыс әлі тексерілген жоқ</translation>
    </message>
    <message>
        <source>Version {0}</source>
        <translation>{0} нұсқасы</translation>
    </message>
    <message>
        <source>State of the workstation</source>
        <translation>Жұмыс орнының күйі</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Байланыс бар</translation>
    </message>
    <message>
        <source>Offline since {0}</source>
        <translation>Байланыс жоқ, {0} бастап</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) waiting</source>
        <translation>
            <numerusform>%n тексеру күтуде</numerusform>
            <numerusform>%n тексеру күтуде</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>болған жоқ</translation>
    </message>
    <message>
        <source>Last contact with the centre: {0}</source>
        <translation>Орталықпен соңғы байланыс: {0}</translation>
    </message>
    <message>
        <source>{0}: missing</source>
        <translation>{0}: жоқ</translation>
    </message>
</context>
<context>
    <name>StickPanel</name>
    <message>
        <source>F&amp;older of the stick</source>
        <translation>Тасығыштың &amp;қалтасы</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Қалдыру</translation>
    </message>
</context>
<context>
    <name>StickWords</name>
    <message>
        <source>{0} bundle(s) are on the stick and good, {1} are not.</source>
        <translation>Тасығыштағы жарамды пакеттер: {0}, жарамсыз: {1}.</translation>
    </message>
    <message>
        <source>Nothing waits, so nothing was written.</source>
        <translation>Күтіп тұрған ештеңе жоқ, сондықтан ештеңе жазылмады.</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) are on the stick, encrypted, read back and found good. They count as waiting until the centre&apos;s answer comes back on a stick or over the line.</source>
        <translation>
            <numerusform>%n жазба тасығышта, шифрланған, қайта оқылған, жарамды. Орталықтың жауабы тасығышпен немесе байланыспен келгенше олар күтіп тұр деп саналады.</numerusform>
            <numerusform>%n жазба тасығышта, шифрланған, қайта оқылған, жарамды. Орталықтың жауабы тасығышпен немесе байланыспен келгенше олар күтіп тұр деп саналады.</numerusform>
        </translation>
    </message>
    <message>
        <source>The centre was given two different entries at position {0} and keeps both. Call headquarters.</source>
        <translation>Орталыққа {0}-орында екі түрлі жазба келген, екеуі де сақталады. Орталыққа қоңырау шалыңыз.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) for other workstations stay on it.</source>
        <translation>
            <numerusform>Онда басқа жұмыс орындарына %n жауап қалады.</numerusform>
            <numerusform>Онда басқа жұмыс орындарына %n жауап қалады.</numerusform>
        </translation>
    </message>
    <message>
        <source>The centre holds the first {0} records of this workstation.</source>
        <translation>Орталықта осы жұмыс орнының алғашқы жазбалары бар: {0}.</translation>
    </message>
    <message>
        <source>The centre&apos;s answer is older than what is known here: nothing changes.</source>
        <translation>Орталықтың жауабы мұнда белгіліден ескі: ештеңе өзгермейді.</translation>
    </message>
    <message>
        <source>The centre came back from a backup and holds {0} records: the rest is sent again.</source>
        <translation>Орталық көшірмеден қалпына келді, ондағы жазбалар: {0}; қалғаны қайта жіберіледі.</translation>
    </message>
    <message>
        <source>The centre holds the first {0} records: they count as received from the next sign-in on.</source>
        <translation>Орталықта алғашқы жазбалар бар: {0}; келесі кіруден бастап олар қабылданған болып саналады.</translation>
    </message>
    <message>
        <source>The centre holds records that are not here any more: these were put back from a backup. Nothing is lost, and work goes on in a new journal.</source>
        <translation>Орталықта мұнда енді жоқ жазбалар бар: мұндағылары көшірмеден қайтарылған. Ештеңе жоғалған жоқ, жұмыс жаңа журналда жалғасады.</translation>
    </message>
    <message>
        <source>The centre&apos;s answer is on an earlier journal of this workstation: nothing changes.</source>
        <translation>Орталықтың жауабы осы жұмыс орнының бұрынғы журналына қатысты: ештеңе өзгермейді.</translation>
    </message>
    <message>
        <source>This folder is not there. Put the stick in, and choose its folder.</source>
        <translation>Мұндай қалта жоқ. Тасығышты салып, қалтасын таңдаңыз.</translation>
    </message>
    <message>
        <source>What is called checkpoint-bundles on this stick is no folder of ours. Remove it, or take another stick.</source>
        <translation>Бұл тасығыштағы checkpoint-bundles деген біздің қалта емес. Оны жойыңыз немесе басқа тасығыш алыңыз.</translation>
    </message>
    <message>
        <source>There are far too many files on this stick. Take another one.</source>
        <translation>Бұл тасығышта файл тым көп. Басқасын алыңыз.</translation>
    </message>
    <message>
        <source>The stick is full. Take another one for the rest.</source>
        <translation>Тасығыш толды. Қалғаны үшін басқасын алыңыз.</translation>
    </message>
    <message>
        <source>The stick is write-protected. Take its lock off, or take another one.</source>
        <translation>Тасығыш жазудан қорғалған. Қорғанысын алыңыз немесе басқасын алыңыз.</translation>
    </message>
    <message>
        <source>The stick is gone. Put it in and begin again: nothing was lost here.</source>
        <translation>Тасығыш алынған. Оны салып, қайта бастаңыз: мұнда ештеңе жоғалған жоқ.</translation>
    </message>
    <message>
        <source>The stick does not give back what was written to it. Take another one.</source>
        <translation>Тасығыш жазылғанды қайтармайды. Басқасын алыңыз.</translation>
    </message>
    <message>
        <source>The stick cannot be used ({0}). Take another one.</source>
        <translation>Тасығыш жарамсыз ({0}). Басқасын алыңыз.</translation>
    </message>
    <message>
        <source>not taken, it is a link, a folder or a device.</source>
        <translation>қабылданбады: бұл сілтеме, қалта немесе құрылғы.</translation>
    </message>
    <message>
        <source>not taken, it is larger than any answer of the centre.</source>
        <translation>қабылданбады: орталықтың кез келген жауабынан үлкен.</translation>
    </message>
    <message>
        <source>not taken, it was cut or is no answer of the centre.</source>
        <translation>қабылданбады: қиылған немесе орталықтың жауабы емес.</translation>
    </message>
    <message>
        <source>not taken, it was encrypted for somebody else or altered.</source>
        <translation>қабылданбады: басқаға шифрланған немесе өзгертілген.</translation>
    </message>
    <message>
        <source>not taken, the centre did not sign it. Somebody may be trying to make records look received. Call headquarters.</source>
        <translation>қабылданбады: орталық қол қоймаған. Біреу жазбаларды қабылданған етіп көрсеткісі келуі мүмкін. Орталыққа қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>not taken, it is the answer to another workstation under this one&apos;s name. Call headquarters.</source>
        <translation>қабылданбады: осының атымен басқа жұмыс орнына берілген жауап. Орталыққа қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>not taken, it is of another service.</source>
        <translation>қабылданбады: басқа қызметтікі.</translation>
    </message>
    <message>
        <source>not taken, its workstation is not known.</source>
        <translation>қабылданбады: жұмыс орны белгісіз.</translation>
    </message>
    <message>
        <source>not taken, the stick does not give it out.</source>
        <translation>қабылданбады: тасығыш оны бермейді.</translation>
    </message>
</context>
<context>
    <name>TakingIn</name>
    <message>
        <source>Attach</source>
        <translation>Қосу</translation>
    </message>
</context>
<context>
    <name>Track</name>
    <message>
        <source>done</source>
        <translation>жасалды</translation>
    </message>
    <message>
        <source>next</source>
        <translation>келесі</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Табылды</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Қорытынды</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Екінші адам</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Мәліметтер</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Шара</translation>
    </message>
    <message>
        <source>Owner told</source>
        <translation>Бастамашыға хабарланды</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Жабылды</translation>
    </message>
</context>
<context>
    <name>TravellerForm</name>
    <message>
        <source>Ask in passing where the traveller is going, why and with whom.</source>
        <translation>Сөз арасында қайда, не үшін және кіммен бара жатқанын сұраңыз.</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Қолмен</translation>
    </message>
    <message>
        <source>Enter a document by hand</source>
        <translation>Құжатты қолмен енгізу</translation>
    </message>
    <message>
        <source>Take the document away</source>
        <translation>Құжатты алып тастау</translation>
    </message>
    <message>
        <source>Read a document, enter one with F4, or say here why there is none.</source>
        <translation>Құжатты оқытыңыз, F4 арқылы енгізіңіз немесе неге жоқ екенін осында көрсетіңіз.</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>таңдаңыз</translation>
    </message>
    <message>
        <source>has a document</source>
        <translation>құжаты бар</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Құжат</translation>
    </message>
    <message>
        <source>Issuing State</source>
        <translation>Құжатты берген мемлекет</translation>
    </message>
    <message>
        <source>Document &amp;number</source>
        <translation>Құжат &amp;нөмірі</translation>
    </message>
    <message>
        <source>Valid &amp;until</source>
        <translation>&amp;Жарамды</translation>
    </message>
    <message>
        <source>Wh&amp;y there is no document</source>
        <translation>Құжат &amp;неге жоқ</translation>
    </message>
    <message>
        <source>&amp;Surname</source>
        <translation>&amp;Тегі</translation>
    </message>
    <message>
        <source>&amp;Given names</source>
        <translation>&amp;Аты</translation>
    </message>
    <message>
        <source>Patronymic</source>
        <translation>Әкесінің аты</translation>
    </message>
    <message>
        <source>&amp;Born</source>
        <translation>Туған &amp;күні</translation>
    </message>
    <message>
        <source>Se&amp;x</source>
        <translation>&amp;Жынысы</translation>
    </message>
    <message>
        <source>Nati&amp;onality</source>
        <translation>А&amp;заматтығы</translation>
    </message>
    <message>
        <source>Personal number</source>
        <translation>Жеке нөмір</translation>
    </message>
    <message>
        <source>Name in own script</source>
        <translation>Аты-жөні өз жазуымен</translation>
    </message>
    <message>
        <source>&amp;Purpose</source>
        <translation>&amp;Мақсаты</translation>
    </message>
    <message>
        <source>Bas&amp;is</source>
        <translation>&amp;Негізі</translation>
    </message>
    <message>
        <source>&amp;Destination</source>
        <translation>&amp;Баратын жері</translation>
    </message>
    <message>
        <source>Travels wit&amp;h</source>
        <translation>Кіммен &amp;бірге</translation>
    </message>
    <message>
        <source>Di&amp;rection</source>
        <translation>Бағыт&amp;ы</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>Тәсіл&amp;і</translation>
    </message>
    <message>
        <source>&amp;Lane</source>
        <translation>Ж&amp;олағы</translation>
    </message>
    <message>
        <source>Plat&amp;e</source>
        <translation>&amp;Нөмір белгісі</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Ел</translation>
    </message>
    <message>
        <source>&amp;Vehicle</source>
        <translation>Кө&amp;лік</translation>
    </message>
    <message>
        <source>VIN</source>
        <translation>VIN</translation>
    </message>
    <message>
        <source>Rou&amp;te</source>
        <translation>Ба&amp;ғдары</translation>
    </message>
    <message>
        <source>Re&amp;marks</source>
        <translation>Е&amp;скертулер</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>Put away</source>
        <translation>Жасыру</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Wrong pass-phrase. Before the next try you have to wait.</source>
        <translation>Кілттік фраза қате. Келесі әрекетке дейін күту керек.</translation>
    </message>
    <message numerus="yes">
        <source>Wrong pass-phrase. %n more may be tried at once.</source>
        <translation>
            <numerusform>Кілттік фраза қате. Бірден тағы %n рет көруге болады.</numerusform>
            <numerusform>Кілттік фраза қате. Бірден тағы %n рет көруге болады.</numerusform>
        </translation>
    </message>
    <message>
        <source>Too many wrong pass-phrases. Try again after {0}.</source>
        <translation>Қате кілттік фраза тым көп. {0} кейін қайталаңыз.</translation>
    </message>
    <message>
        <source>This service number is not known here. A supervisor can add it.</source>
        <translation>Бұл қызметтік нөмір мұнда белгісіз. Оны ауысым бастығы қоса алады.</translation>
    </message>
    <message>
        <source>By headquarters&apos; list this officer is not in service. Ask your supervisor.</source>
        <translation>Орталық тізімі бойынша бұл қызметкер қызметте емес. Ауысым бастығына айтыңыз.</translation>
    </message>
    <message>
        <source>The list of officers is older than these records. Put the newest one back, or ask headquarters.</source>
        <translation>Қызметкерлер тізімі осы жазбалардан ескі. Ең жаңасын қайтарыңыз немесе орталыққа хабарласыңыз.</translation>
    </message>
    <message>
        <source>The disk could not be read or written, so nothing was recorded. See that it is in place and has room, then try again. What was shown as recorded is safe.</source>
        <translation>Дискіні оқу не жазу мүмкін болмады, сондықтан ештеңе жазылмады. Дискінің орнында екенін және бос орын барын тексеріп, қайталаңыз. Жазылды деп көрсетілгені сақталған.</translation>
    </message>
    <message>
        <source>Another program is writing into the records just now. Nothing was recorded; try again.</source>
        <translation>Қазір жазбаларға басқа бағдарлама жазып жатыр. Ештеңе жазылмады; қайталаңыз.</translation>
    </message>
    <message>
        <source>The records&apos; file cannot be opened or written: see that its folder is there and that this account may write in it.</source>
        <translation>Жазбалар файлын ашу не оған жазу мүмкін емес: қалтасы орнында екенін және осы есептік жазбаның оған жазу құқығы барын тексеріңіз.</translation>
    </message>
    <message>
        <source>The file {0} was made on another machine. Put it back from the newest backup, or ask headquarters.</source>
        <translation>{0} файлы басқа компьютерде жасалған. Оны ең жаңа көшірмеден қайтарыңыз немесе орталыққа хабарласыңыз.</translation>
    </message>
    <message>
        <source>The file {0} is missing or damaged. Put it back from the newest backup, or ask headquarters.</source>
        <translation>{0} файлы жоқ немесе бүлінген. Оны ең жаңа көшірмеден қайтарыңыз немесе орталыққа хабарласыңыз.</translation>
    </message>
    <message>
        <source>A newer version of the program wrote these files. Install that version here.</source>
        <translation>Бұл файлдарды бағдарламаның жаңарақ нұсқасы жазған. Сол нұсқаны орнатыңыз.</translation>
    </message>
    <message>
        <source>The disk is full: nothing more can be recorded. Free some space, then try again. What was shown as recorded is safe.</source>
        <translation>Диск толды: енді ештеңе жазу мүмкін емес. Орын босатып, қайталаңыз. Жазылды деп көрсетілгені сақталған.</translation>
    </message>
    <message>
        <source>The records&apos; file cannot be opened with this workstation&apos;s key. Nothing was changed; call your IT staff.</source>
        <translation>Жазбалар файлы осы жұмыс орнының кілтімен ашылмайды. Ештеңе өзгертілген жоқ; АТ мамандарына хабарласыңыз.</translation>
    </message>
    <message>
        <source>The records&apos; file is damaged. Stop work on this workstation and call your IT staff.</source>
        <translation>Жазбалар файлы бүлінген. Осы орында жұмысты тоқтатып, АТ мамандарына хабарласыңыз.</translation>
    </message>
    <message>
        <source>A file cannot be read or written ({0}). Call your IT staff.</source>
        <translation>Файл оқылмайды немесе жазылмайды ({0}). АТ мамандарына хабарласыңыз.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Рөліңіз бұған рұқсат бермейді.</translation>
    </message>
    <message>
        <source>Something went wrong in the program itself. What was shown as recorded is safe; you can go on. Tell your IT staff: {0}</source>
        <translation>Бағдарламаның өзінде қате болды. Жазылды деп көрсетілгені сақталған; жалғастыра беруге болады. АТ мамандарына айтыңыз: {0}</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>Record the verdict</source>
        <translation>Қорытындыны жазу</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Қорытынды</translation>
    </message>
    <message>
        <source>a colleague will say</source>
        <translation>әріптес айтады</translation>
    </message>
    <message>
        <source>Nobody &amp;else is here</source>
        <translation>&amp;Басқа ешкім жоқ</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>Ес&amp;кертпе</translation>
    </message>
    <message>
        <source>A second person must agree. If nobody is here, say why: it is reviewed.</source>
        <translation>Екінші адамның келісімі қажет. Ешкім болмаса, себебін айтыңыз: ол тексеріледі.</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>The attachment</source>
        <translation>Қосымша</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Артқа</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>Толық өлшемде</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Шығару</translation>
    </message>
    <message>
        <source>Choose a folder and export</source>
        <translation>Қалта таңдап, шығару</translation>
    </message>
    <message>
        <source>This picture cannot be drawn: its content is damaged.</source>
        <translation>Суретті көрсету мүмкін емес: мазмұны бүлінген.</translation>
    </message>
    <message>
        <source>A PDF cannot be shown in this window.</source>
        <translation>PDF бұл терезеде көрсетілмейді.</translation>
    </message>
    <message>
        <source>It can be exported, with a reason, and opened elsewhere.</source>
        <translation>Оны себебін көрсетіп шығарып, басқа жерде ашуға болады.</translation>
    </message>
    <message>
        <source>Once the notes are closed, it can be exported from the log.</source>
        <translation>Сұхбат жазбасы жабылған соң, оны журналдан шығаруға болады.</translation>
    </message>
    <message>
        <source>Written. The file is readable for anybody: that you exported it is recorded.</source>
        <translation>Жазылды. Файлды кез келген адам оқи алады: шығарғаныңыз журналға жазылды.</translation>
    </message>
    <message>
        <source>Whoever exports says why; the reason is recorded before it is written.</source>
        <translation>Кім шығарса, себебін айтады; себеп файл жазылғанға дейін журналға енгізіледі.</translation>
    </message>
    <message>
        <source>&amp;Why do you export it?</source>
        <translation>&amp;Оны не үшін шығарасыз?</translation>
    </message>
</context>
<context>
    <name>Viewing</name>
    <message>
        <source>Export into this folder</source>
        <translation>Осы қалтаға шығару</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Show the keys</source>
        <translation>Пернелерді көрсету</translation>
    </message>
    <message>
        <source>Sign out: the shift is over</source>
        <translation>Шығу: ауысым аяқталды</translation>
    </message>
    <message>
        <source>lane {0}</source>
        <translation>{0}-жолақ</translation>
    </message>
    <message>
        <source>Checkpoint Client</source>
        <translation>Checkpoint Client</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Correct this field ({0}).</source>
        <translation>Бұл өрісті түзетіңіз ({0}).</translation>
    </message>
    <message>
        <source>less than an hour old</source>
        <translation>бір сағаттан аз бұрын</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) old</source>
        <translation>
            <numerusform>%n сағат бұрын</numerusform>
            <numerusform>%n сағат бұрын</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) old</source>
        <translation>
            <numerusform>%n күн бұрын</numerusform>
            <numerusform>%n күн бұрын</numerusform>
        </translation>
    </message>
    <message>
        <source>Watch-list</source>
        <translation>Бақылау тізімі</translation>
    </message>
    <message>
        <source>Lost documents</source>
        <translation>Жоғалған құжаттар</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Қызметкерлер</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Ережелер</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Үлгілер</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Бағдарламалар</translation>
    </message>
    <message>
        <source>Headquarters has ordered this workstation to be wiped. What was recorded here and not sent yet goes to headquarters first: one officer signs in once more, then nobody. Work on at another workstation.</source>
        <translation>Орталық осы жұмыс орнын тазартуға өкім берді. Алдымен мұнда жазылып, әлі жіберілмегеннің бәрі орталыққа беріледі: бір қызметкер тағы бір рет кіреді, содан кейін ешкім кірмейді. Басқа жұмыс орнында жұмыс істеңіз.</translation>
    </message>
    <message>
        <source>Headquarters has ordered this workstation to be wiped: nobody signs in here any more. What was recorded is kept for headquarters. Work on at another workstation and call headquarters.</source>
        <translation>Орталық осы жұмыс орнын тазартуға өкім берді: мұнда енді ешкім кіре алмайды. Жазылғандар орталық үшін сақталды. Басқа жұмыс орнында жұмыс істеп, орталыққа қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>This workstation was wiped by order of headquarters: nobody signs in here any more. What was recorded is kept for headquarters. Work on at another workstation and call headquarters.</source>
        <translation>Бұл жұмыс орны орталықтың өкімімен тазартылды: мұнда енді ешкім кіре алмайды. Жазылғандар орталық үшін сақталды. Басқа жұмыс орнында жұмыс істеп, орталыққа қоңырау шалыңыз.</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Кіру</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Шығу</translation>
    </message>
    <message>
        <source>Transit, entry</source>
        <translation>Транзит, кіру</translation>
    </message>
    <message>
        <source>Transit, exit</source>
        <translation>Транзит, шығу</translation>
    </message>
    <message>
        <source>Returned by the neighbour</source>
        <translation>Көрші тарап қайтарған</translation>
    </message>
    <message>
        <source>On foot</source>
        <translation>Жаяу</translation>
    </message>
    <message>
        <source>Road</source>
        <translation>Автожол</translation>
    </message>
    <message>
        <source>Rail</source>
        <translation>Теміржол</translation>
    </message>
    <message>
        <source>Air</source>
        <translation>Әуе</translation>
    </message>
    <message>
        <source>Inland water</source>
        <translation>Ішкі су жолдары</translation>
    </message>
    <message>
        <source>Tourism</source>
        <translation>Туризм</translation>
    </message>
    <message>
        <source>Private visit</source>
        <translation>Жеке сапар</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>Іскерлік</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Жұмыс</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Оқу</translation>
    </message>
    <message>
        <source>Transit</source>
        <translation>Транзит</translation>
    </message>
    <message>
        <source>Medical treatment</source>
        <translation>Емделу</translation>
    </message>
    <message>
        <source>Official</source>
        <translation>Қызметтік</translation>
    </message>
    <message>
        <source>Crew or driver</source>
        <translation>Экипаж немесе жүргізуші</translation>
    </message>
    <message>
        <source>Local border traffic</source>
        <translation>Шекара маңындағы қатынас</translation>
    </message>
    <message>
        <source>Return home</source>
        <translation>Үйге қайту</translation>
    </message>
    <message>
        <source>Asks for protection</source>
        <translation>Қорғау сұрайды</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Басқа</translation>
    </message>
    <message>
        <source>Visa-free</source>
        <translation>Визасыз</translation>
    </message>
    <message>
        <source>Visa</source>
        <translation>Виза</translation>
    </message>
    <message>
        <source>Electronic visa</source>
        <translation>Электрондық виза</translation>
    </message>
    <message>
        <source>Visa at the border</source>
        <translation>Шекарадағы виза</translation>
    </message>
    <message>
        <source>Residence permit</source>
        <translation>Тұруға ықтиярхат</translation>
    </message>
    <message>
        <source>Bilateral agreement</source>
        <translation>Екіжақты келісім</translation>
    </message>
    <message>
        <source>Diplomatic</source>
        <translation>Дипломатиялық</translation>
    </message>
    <message>
        <source>Border-area resident</source>
        <translation>Шекара маңы тұрғыны</translation>
    </message>
    <message>
        <source>Refugee</source>
        <translation>Босқын</translation>
    </message>
    <message>
        <source>National</source>
        <translation>Өз азаматымыз</translation>
    </message>
    <message>
        <source>Minimum check</source>
        <translation>Ең аз тексеру</translation>
    </message>
    <message>
        <source>Thorough check</source>
        <translation>Терең тексеру</translation>
    </message>
    <message>
        <source>Relaxed check</source>
        <translation>Жеңілдетілген тексеру</translation>
    </message>
    <message>
        <source>Admitted</source>
        <translation>Өткізілді</translation>
    </message>
    <message>
        <source>Referred</source>
        <translation>Жіберілді</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Рұқсат берілмеді</translation>
    </message>
    <message>
        <source>Car</source>
        <translation>Жеңіл көлік</translation>
    </message>
    <message>
        <source>Minibus</source>
        <translation>Шағын автобус</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>Автобус</translation>
    </message>
    <message>
        <source>Truck</source>
        <translation>Жүк көлігі</translation>
    </message>
    <message>
        <source>Motorcycle</source>
        <translation>Мотоцикл</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Пойыз</translation>
    </message>
    <message>
        <source>A  No valid travel document</source>
        <translation>A  Жарамды жол жүру құжаты жоқ</translation>
    </message>
    <message>
        <source>B  False, counterfeit or forged travel document</source>
        <translation>B  Жалған немесе қолдан жасалған жол жүру құжаты</translation>
    </message>
    <message>
        <source>C  No valid visa or residence permit</source>
        <translation>C  Жарамды визасы немесе тұруға ықтиярхаты жоқ</translation>
    </message>
    <message>
        <source>D  False, counterfeit or forged visa or permit</source>
        <translation>D  Жалған немесе қолдан жасалған виза не рұқсат</translation>
    </message>
    <message>
        <source>E  Purpose and conditions of stay not shown</source>
        <translation>E  Болу мақсаты мен шарттары расталмаған</translation>
    </message>
    <message>
        <source>F  Permitted stay already used up</source>
        <translation>F  Рұқсат етілген болу мерзімі пайдаланылған</translation>
    </message>
    <message>
        <source>G  Not enough means of subsistence</source>
        <translation>G  Күнкөріс қаражаты жеткіліксіз</translation>
    </message>
    <message>
        <source>H  An alert for refusing entry</source>
        <translation>H  Кіруге рұқсат бермеу туралы хабарландыру бар</translation>
    </message>
    <message>
        <source>I  A threat to public order, security or health</source>
        <translation>I  Қоғамдық тәртіпке, қауіпсіздікке немесе денсаулыққа қатер</translation>
    </message>
    <message>
        <source>National ground (write which)</source>
        <translation>Ұлттық негіз (қайсысы екенін жазыңыз)</translation>
    </message>
    <message>
        <source>Slip of the hand</source>
        <translation>Қолдың қатесі</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>Әйел</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Еркек</translation>
    </message>
    <message>
        <source>Unspecified</source>
        <translation>Көрсетілмеген</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>Паспорт</translation>
    </message>
    <message>
        <source>Identity card</source>
        <translation>Жеке куәлік</translation>
    </message>
    <message>
        <source>Refugee&apos;s travel document</source>
        <translation>Босқынның жол жүру құжаты</translation>
    </message>
    <message>
        <source>Stateless person&apos;s travel document</source>
        <translation>Азаматтығы жоқ адамның жол жүру құжаты</translation>
    </message>
    <message>
        <source>Diplomatic passport</source>
        <translation>Дипломатиялық паспорт</translation>
    </message>
    <message>
        <source>Service passport</source>
        <translation>Қызметтік паспорт</translation>
    </message>
    <message>
        <source>Emergency travel document</source>
        <translation>Шұғыл жол жүру құжаты</translation>
    </message>
    <message>
        <source>Laissez-passer</source>
        <translation>Рұқсатнама (laissez-passer)</translation>
    </message>
    <message>
        <source>Seafarer&apos;s identity document</source>
        <translation>Теңізшінің жеке куәлігі</translation>
    </message>
    <message>
        <source>Crew member certificate</source>
        <translation>Экипаж мүшесінің куәлігі</translation>
    </message>
    <message>
        <source>Return certificate</source>
        <translation>Қайтып оралуға арналған куәлік</translation>
    </message>
    <message>
        <source>Birth certificate</source>
        <translation>Туу туралы куәлік</translation>
    </message>
    <message>
        <source>Other document</source>
        <translation>Басқа құжат</translation>
    </message>
    <message>
        <source>Document reader</source>
        <translation>Құжат оқу құрылғысы</translation>
    </message>
    <message>
        <source>MRZ typed</source>
        <translation>MRZ терілді</translation>
    </message>
    <message>
        <source>MRZ pasted</source>
        <translation>MRZ қойылды</translation>
    </message>
    <message>
        <source>Entered by hand</source>
        <translation>Қолмен енгізілді</translation>
    </message>
    <message>
        <source>From an earlier register</source>
        <translation>Бұрынғы журналдан</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Жоғалған</translation>
    </message>
    <message>
        <source>Stolen</source>
        <translation>Ұрланған</translation>
    </message>
    <message>
        <source>Left behind</source>
        <translation>Ұмыт қалған</translation>
    </message>
    <message>
        <source>Taken away by others</source>
        <translation>Басқалар тартып алған</translation>
    </message>
    <message>
        <source>Child entered in a parent&apos;s document</source>
        <translation>Бала ата-анасының құжатына жазылған</translation>
    </message>
    <message>
        <source>Destroyed</source>
        <translation>Жойылған</translation>
    </message>
    <message>
        <source>Other reason</source>
        <translation>Басқа себеп</translation>
    </message>
    <message>
        <source>Fresh</source>
        <translation>Жаңа</translation>
    </message>
    <message>
        <source>Old</source>
        <translation>Ескіріп барады</translation>
    </message>
    <message>
        <source>Not current</source>
        <translation>Өзекті емес</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Жоқ</translation>
    </message>
    <message>
        <source>Doubt about the document</source>
        <translation>Құжатқа күмән</translation>
    </message>
    <message>
        <source>Doubt about the identity</source>
        <translation>Жеке басына күмән</translation>
    </message>
    <message>
        <source>Possible hit</source>
        <translation>Тізіммен ықтимал сәйкестік</translation>
    </message>
    <message>
        <source>Doubt about the purpose</source>
        <translation>Сапар мақсатына күмән</translation>
    </message>
    <message>
        <source>Doubt about the stay</source>
        <translation>Болу мерзіміне күмән</translation>
    </message>
    <message>
        <source>Signs of human trafficking</source>
        <translation>Адам саудасының белгілері</translation>
    </message>
    <message>
        <source>Unaccompanied minor</source>
        <translation>Ілесіп жүрушісі жоқ кәмелетке толмаған</translation>
    </message>
    <message>
        <source>No document</source>
        <translation>Құжаты жоқ</translation>
    </message>
    <message>
        <source>Refusal proposed</source>
        <translation>Бас тарту ұсынылды</translation>
    </message>
    <message>
        <source>Second line</source>
        <translation>Екінші шеп</translation>
    </message>
    <message>
        <source>Document fraud</source>
        <translation>Құжатты қолдан жасау</translation>
    </message>
    <message>
        <source>Human trafficking</source>
        <translation>Адам саудасы</translation>
    </message>
    <message>
        <source>Wish for protection</source>
        <translation>Қорғау алу ниеті</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>Куә</translation>
    </message>
    <message>
        <source>Smuggling of migrants</source>
        <translation>Мигранттарды заңсыз әкелу</translation>
    </message>
    <message>
        <source>Customs</source>
        <translation>Кеден</translation>
    </message>
    <message>
        <source>Protection of a child</source>
        <translation>Баланы қорғау</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Қол қойылды</translation>
    </message>
    <message>
        <source>Refused to sign</source>
        <translation>Қол қоюдан бас тартты</translation>
    </message>
    <message>
        <source>Unable to sign</source>
        <translation>Қол қоя алмайды</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>Өткізу</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Рұқсат бермеу</translation>
    </message>
    <message>
        <source>Transfer to the police</source>
        <translation>Полицияға беру</translation>
    </message>
    <message>
        <source>Transfer to victim support</source>
        <translation>Құрбандарға көмек қызметіне беру</translation>
    </message>
    <message>
        <source>Transfer to child protection</source>
        <translation>Балаларды қорғау органына беру</translation>
    </message>
    <message>
        <source>Transfer to the asylum authority</source>
        <translation>Босқындар ісі органына беру</translation>
    </message>
    <message>
        <source>Transfer to medical care</source>
        <translation>Медиктерге беру</translation>
    </message>
    <message>
        <source>Transfer to customs</source>
        <translation>Кеденге беру</translation>
    </message>
    <message>
        <source>For second line</source>
        <translation>Екінші желі үшін</translation>
    </message>
    <message>
        <source>For supervisors only</source>
        <translation>Тек бастықтар үшін</translation>
    </message>
    <message>
        <source>Closed for supervisors: only they can read the text.</source>
        <translation>Бастықтар үшін жабық: мәтінді тек олар оқиды.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ашық</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Екінші адам</translation>
    </message>
    <message>
        <source>To report</source>
        <translation>Хабарланатын</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Тексерілетін</translation>
    </message>
    <message>
        <source>Only possible</source>
        <translation>Тек ықтимал</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Жабылды</translation>
    </message>
    <message>
        <source>All hits</source>
        <translation>Барлығы</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Жаңа</translation>
    </message>
    <message>
        <source>Being looked at</source>
        <translation>Қаралуда</translation>
    </message>
    <message>
        <source>Waits for a second person</source>
        <translation>Екінші адамды күтуде</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Расталды</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>Сәйкес емес</translation>
    </message>
    <message>
        <source>Cannot be said</source>
        <translation>Анықталмады</translation>
    </message>
    <message>
        <source>Action taken</source>
        <translation>Шара қолданылды</translation>
    </message>
    <message>
        <source>Owner told</source>
        <translation>Бастамашыға хабарланды</translation>
    </message>
    <message>
        <source>Found at the check</source>
        <translation>Тексеру кезінде табылды</translation>
    </message>
    <message>
        <source>Found later</source>
        <translation>Кейін табылды</translation>
    </message>
    <message>
        <source>same</source>
        <translation>бірдей</translation>
    </message>
    <message>
        <source>similar</source>
        <translation>ұқсас</translation>
    </message>
    <message>
        <source>different</source>
        <translation>өзгеше</translation>
    </message>
    <message>
        <source>only one side</source>
        <translation>тек бір жақта</translation>
    </message>
    <message>
        <source>Detained</source>
        <translation>Ұсталды</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Тапсырылды</translation>
    </message>
    <message>
        <source>Entry refused</source>
        <translation>Кіруге рұқсат берілмеді</translation>
    </message>
    <message>
        <source>Exit refused</source>
        <translation>Шығуға рұқсат берілмеді</translation>
    </message>
    <message>
        <source>Object seized</source>
        <translation>Зат алынды</translation>
    </message>
    <message>
        <source>Document seized</source>
        <translation>Құжат алынды</translation>
    </message>
    <message>
        <source>Placed under protection</source>
        <translation>Қорғауға алынды</translation>
    </message>
    <message>
        <source>Whereabouts noted</source>
        <translation>Тұрған жері жазылды</translation>
    </message>
    <message>
        <source>Information collected</source>
        <translation>Мәліметтер жиналды</translation>
    </message>
    <message>
        <source>Interviewed</source>
        <translation>Сұхбат алынды</translation>
    </message>
    <message>
        <source>Searched</source>
        <translation>Тексеріп қаралды</translation>
    </message>
    <message>
        <source>Let go on</source>
        <translation>Әрі қарай жіберілді</translation>
    </message>
    <message>
        <source>Not possible (say why)</source>
        <translation>Мүмкін болмады (себебі)</translation>
    </message>
    <message>
        <source>Something else (say what)</source>
        <translation>Басқа (не екені)</translation>
    </message>
    <message>
        <source>By telephone</source>
        <translation>Телефонмен</translation>
    </message>
    <message>
        <source>By radio</source>
        <translation>Рациямен</translation>
    </message>
    <message>
        <source>By message</source>
        <translation>Хабарламамен</translation>
    </message>
    <message>
        <source>By courier</source>
        <translation>Курьермен</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>Өзі барып</translation>
    </message>
    <message>
        <source>Otherwise (say how)</source>
        <translation>Басқаша (қалай екені)</translation>
    </message>
    <message>
        <source>a  The person was located</source>
        <translation>a  Адам табылды</translation>
    </message>
    <message>
        <source>b  Place, time and reason of the check</source>
        <translation>b  Тексерудің орны, уақыты, себебі</translation>
    </message>
    <message>
        <source>c  Route and destination</source>
        <translation>c  Бағыты мен баратын жері</translation>
    </message>
    <message>
        <source>d  Companions and occupants</source>
        <translation>d  Жол серіктері мен жолаушылар</translation>
    </message>
    <message>
        <source>e  Identity shown, description</source>
        <translation>e  Көрсеткен тұлғасы, сипаттамасы</translation>
    </message>
    <message>
        <source>f  Vehicle or object used</source>
        <translation>f  Көлік немесе зат</translation>
    </message>
    <message>
        <source>g  Things and documents carried</source>
        <translation>g  Өзіндегі заттар мен құжаттар</translation>
    </message>
    <message>
        <source>h  Circumstances</source>
        <translation>h  Мән-жайлар</translation>
    </message>
    <message>
        <source>i  What else the alert asks for</source>
        <translation>i  Хабарландыру тағы не талап етеді</translation>
    </message>
    <message>
        <source>Collected</source>
        <translation>Жиналды</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Мүмкін болмады</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Сұралмады</translation>
    </message>
    <message>
        <source>The owner has withdrawn the alert</source>
        <translation>Бастамашы хабарландыруды қайтарып алды</translation>
    </message>
    <message>
        <source>The alert has expired</source>
        <translation>Хабарландыру мерзімі өтті</translation>
    </message>
    <message>
        <source>The owner has changed the alert</source>
        <translation>Бастамашы хабарландыруды өзгертті</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>Сәйкес</translation>
    </message>
    <message>
        <source>Cannot say</source>
        <translation>Анықталмады</translation>
    </message>
    <message>
        <source>Same document</source>
        <translation>Сол құжат</translation>
    </message>
    <message>
        <source>Same personal number</source>
        <translation>Сол жеке нөмір</translation>
    </message>
    <message>
        <source>Same name and birth</source>
        <translation>Аты мен туған күні сол</translation>
    </message>
    <message>
        <source>Same face on the photograph</source>
        <translation>Фотосуреттегі бет сол</translation>
    </message>
    <message>
        <source>Same fingerprints</source>
        <translation>Саусақ іздері сол</translation>
    </message>
    <message>
        <source>Same vehicle or object</source>
        <translation>Сол көлік немесе зат</translation>
    </message>
    <message>
        <source>Says so himself</source>
        <translation>Өзі айтады</translation>
    </message>
    <message>
        <source>The owner says yes</source>
        <translation>Бастамашы растады</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>Аты басқа</translation>
    </message>
    <message>
        <source>Another date of birth</source>
        <translation>Туған күні басқа</translation>
    </message>
    <message>
        <source>Another sex</source>
        <translation>Жынысы басқа</translation>
    </message>
    <message>
        <source>Another nationality</source>
        <translation>Азаматтығы басқа</translation>
    </message>
    <message>
        <source>Another face on the photograph</source>
        <translation>Фотосуреттегі бет басқа</translation>
    </message>
    <message>
        <source>Other fingerprints</source>
        <translation>Саусақ іздері басқа</translation>
    </message>
    <message>
        <source>Other documents in the past</source>
        <translation>Бұрынғы құжаттары басқа</translation>
    </message>
    <message>
        <source>Another vehicle or object</source>
        <translation>Көлік немесе зат басқа</translation>
    </message>
    <message>
        <source>The owner says no</source>
        <translation>Бастамашы жоққа шығарды</translation>
    </message>
    <message>
        <source>Too little is known</source>
        <translation>Тым аз белгілі</translation>
    </message>
    <message>
        <source>The owner cannot be reached</source>
        <translation>Бастамашымен байланыс жоқ</translation>
    </message>
    <message>
        <source>The traveller has gone on</source>
        <translation>Адам кетіп қалған</translation>
    </message>
    <message>
        <source>Alone on shift</source>
        <translation>Ауысымда жалғыз</translation>
    </message>
    <message>
        <source>The others are engaged</source>
        <translation>Басқалары бос емес</translation>
    </message>
    <message>
        <source>Nobody could be reached</source>
        <translation>Ешкімді шақыру мүмкін болмады</translation>
    </message>
    <message>
        <source>Danger: it could not wait</source>
        <translation>Қауіп: күтуге болмады</translation>
    </message>
    <message>
        <source>I agree: the same</source>
        <translation>Келісемін: сәйкес</translation>
    </message>
    <message>
        <source>I disagree</source>
        <translation>Келіспеймін</translation>
    </message>
    <message>
        <source>Typing error</source>
        <translation>Теру қатесі</translation>
    </message>
    <message>
        <source>New information</source>
        <translation>Жаңа мәлімет</translation>
    </message>
    <message>
        <source>Wrong document</source>
        <translation>Басқа құжат</translation>
    </message>
    <message>
        <source>After the supervisor&apos;s question</source>
        <translation>Ауысым бастығының сұрағынан кейін</translation>
    </message>
    <message>
        <source>Addendum</source>
        <translation>Толықтыру</translation>
    </message>
    <message>
        <source>Countersigned</source>
        <translation>Расталды</translation>
    </message>
    <message>
        <source>Questioned</source>
        <translation>Сұрақ бар</translation>
    </message>
    <message>
        <source>Second-line work</source>
        <translation>Екінші шеп жұмысы</translation>
    </message>
    <message>
        <source>Work on a hit</source>
        <translation>Сәйкестік бойынша жұмыс</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>Бастықтың бақылауы</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Түзету</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>Шағым</translation>
    </message>
    <message>
        <source>Court</source>
        <translation>Сот</translation>
    </message>
    <message>
        <source>Request of the person concerned</source>
        <translation>Адамның өз сұрауы</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Аудит</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Ашылды</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>Басып шығарылды</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Экспортталды</translation>
    </message>
    <message>
        <source>Officer, first line</source>
        <translation>Бірінші шеп қызметкері</translation>
    </message>
    <message>
        <source>Officer, second line</source>
        <translation>Екінші шеп қызметкері</translation>
    </message>
    <message>
        <source>Shift supervisor</source>
        <translation>Ауысым бастығы</translation>
    </message>
    <message>
        <source>IT administrator</source>
        <translation>АТ әкімшісі</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Аудитор</translation>
    </message>
    <message>
        <source>Clock right</source>
        <translation>Сағат дұрыс</translation>
    </message>
    <message>
        <source>Clock drifts</source>
        <translation>Сағат ауытқиды</translation>
    </message>
    <message>
        <source>Clock not compared</source>
        <translation>Сағат салыстырылмаған</translation>
    </message>
    <message>
        <source>All checks</source>
        <translation>Барлық тексерулер</translation>
    </message>
    <message>
        <source>Without those taken back</source>
        <translation>Қайтарылғандарсыз</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Қайтарып алынғандар</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Түзетілгендер</translation>
    </message>
    <message>
        <source>At second line</source>
        <translation>Екінші шепте</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>Қаралмағандар</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Уақыты</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Аты-жөні</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>Құжат нөмірі</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Шешім</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Қызметкер</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Кірді</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Блокталды</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Шықты</translation>
    </message>
    <message>
        <source>Workstation started</source>
        <translation>Жұмыс орны іске қосылды</translation>
    </message>
    <message>
        <source>List taken into use</source>
        <translation>Тізім қолданысқа енгізілді</translation>
    </message>
    <message>
        <source>Records put back; new journal begun</source>
        <translation>Жазбалар қайтарылды; жаңа журнал басталды</translation>
    </message>
    <message>
        <source>Old records erased</source>
        <translation>Ескі жазбалар өшірілді</translation>
    </message>
    <message>
        <source>Workstation&apos;s keys renewed; new journal</source>
        <translation>Жұмыс орнының кілттері жаңартылды; жаңа журнал басталды</translation>
    </message>
    <message>
        <source>Officer&apos;s slot taken away</source>
        <translation>Қызметкердің кіруі алынды</translation>
    </message>
    <message>
        <source>Records given a new key</source>
        <translation>Жазбаларға жаңа кілт берілді</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Бағыты</translation>
    </message>
    <message>
        <source>Way of travel</source>
        <translation>Жүру тәсілі</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Жолақ</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Бекет</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Бағдар</translation>
    </message>
    <message>
        <source>Surname</source>
        <translation>Тегі</translation>
    </message>
    <message>
        <source>Given names</source>
        <translation>Аты</translation>
    </message>
    <message>
        <source>Patronymic</source>
        <translation>Әкесінің аты</translation>
    </message>
    <message>
        <source>Name in own script</source>
        <translation>Аты-жөні өз жазуымен</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Туған күні</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Жынысы</translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation>Азаматтығы</translation>
    </message>
    <message>
        <source>Personal number</source>
        <translation>Жеке нөмір</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Құжаттар</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Құжат</translation>
    </message>
    <message>
        <source>Issuing State</source>
        <translation>Құжатты берген мемлекет</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Жарамды</translation>
    </message>
    <message>
        <source>How it was read</source>
        <translation>Қалай оқылды</translation>
    </message>
    <message>
        <source>Machine-readable zone</source>
        <translation>Машинамен оқылатын аймақ</translation>
    </message>
    <message>
        <source>Why there is no document</source>
        <translation>Құжат неге жоқ</translation>
    </message>
    <message>
        <source>Registration plate</source>
        <translation>Нөмір белгісі</translation>
    </message>
    <message>
        <source>Plate&apos;s country</source>
        <translation>Нөмір белгісінің елі</translation>
    </message>
    <message>
        <source>Kind of vehicle</source>
        <translation>Көлік түрі</translation>
    </message>
    <message>
        <source>Vehicle number (VIN)</source>
        <translation>Көлік нөмірі (VIN)</translation>
    </message>
    <message>
        <source>Purpose of journey</source>
        <translation>Сапар мақсаты</translation>
    </message>
    <message>
        <source>Basis of entry</source>
        <translation>Кіру негізі</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Баратын жері</translation>
    </message>
    <message>
        <source>Travels with</source>
        <translation>Кіммен бірге</translation>
    </message>
    <message>
        <source>Level of check</source>
        <translation>Тексеру деңгейі</translation>
    </message>
    <message>
        <source>Grounds</source>
        <translation>Негіздер</translation>
    </message>
    <message>
        <source>National ground</source>
        <translation>Ұлттық негіз</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Ескертулер</translation>
    </message>
    <message>
        <source>Number in the earlier register</source>
        <translation>Бұрынғы журналдағы нөмірі</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Себебі</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ескертпе</translation>
    </message>
    <message>
        <source>Lists consulted</source>
        <translation>Қаралған тізімдер</translation>
    </message>
    <message>
        <source>Other names</source>
        <translation>Басқа аттары</translation>
    </message>
    <message>
        <source>the proxy does not let us through</source>
        <translation>прокси өткізбейді</translation>
    </message>
    <message>
        <source>another certificate than the centre&apos;s: tell IT</source>
        <translation>сертификат орталықтікі емес: АТ-ға айтыңыз</translation>
    </message>
    <message>
        <source>another server answers: tell IT</source>
        <translation>басқа сервер жауап береді: АТ-ға айтыңыз</translation>
    </message>
    <message>
        <source>the centre does not know this workstation: tell IT</source>
        <translation>орталық бұл жұмыс орнын білмейді: АТ-ға айтыңыз</translation>
    </message>
    <message>
        <source>the centre refuses: tell IT</source>
        <translation>орталық қабылдамайды: АТ-ға айтыңыз</translation>
    </message>
    <message>
        <source>the centre finds the message too large: tell IT</source>
        <translation>хабар орталық үшін тым үлкен: АТ-ға айтыңыз</translation>
    </message>
    <message>
        <source>the centre has a fault</source>
        <translation>орталықта ақау</translation>
    </message>
    <message>
        <source>the centre&apos;s disk is full: nothing is lost, it is tried again</source>
        <translation>орталық дискісі толды: ештеңе жоғалған жоқ, қайталанады</translation>
    </message>
    <message>
        <source>the disk is full here: tell IT</source>
        <translation>мұндағы диск толды: АТ-ға хабарлаңыз</translation>
    </message>
    <message>
        <source>the line has a fault: tell IT</source>
        <translation>байланыс ақауы: АТ-ға айтыңыз</translation>
    </message>
    <message>
        <source>the line is not set up: tell IT</source>
        <translation>байланыс бапталмаған: АТ-ға айтыңыз</translation>
    </message>
    <message>
        <source>the newest list is not genuine and was not taken</source>
        <translation>ең жаңа тізім түпнұсқа емес, қабылданбады</translation>
    </message>
    <message>
        <source>an order that is not genuine came and was not obeyed: tell IT</source>
        <translation>түпнұсқа емес өкім келді, орындалмады: АТ-ға хабарлаңыз</translation>
    </message>
    <message>
        <source>headquarters has ordered this workstation to be wiped</source>
        <translation>орталық осы жұмыс орнын тазартуға өкім берді</translation>
    </message>
    <message>
        <source>the centre holds another journal of this workstation: tell IT</source>
        <translation>орталықта осы жұмыс орнының басқа журналы бар: АТ-ға айтыңыз</translation>
    </message>
    <message>
        <source>this workstation must be enrolled anew: tell IT</source>
        <translation>жұмыс орнын қайта тіркеу керек: АТ-ға айтыңыз</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>Мұны толтыру керек.</translation>
    </message>
    <message>
        <source>Nobody removes himself: ask another supervisor.</source>
        <translation>Ешкім өзін алып тастамайды: басқа бастықтан сұраңыз.</translation>
    </message>
    <message>
        <source>Nobody with this number has a slot here.</source>
        <translation>Бұл нөмірмен мұнда ешкімнің кіруі жоқ.</translation>
    </message>
    <message>
        <source>Shorten this: it is longer than one record holds.</source>
        <translation>Қысқартыңыз: бір жазбаға сыймайды.</translation>
    </message>
    <message>
        <source>Write the date as day.month.year, as 05.03.1984, or only what is known.</source>
        <translation>Күнді күн.ай.жыл түрінде жазыңыз, мысалы 05.03.1984, не тек белгілісін.</translation>
    </message>
    <message>
        <source>Write the surname.</source>
        <translation>Тегін жазыңыз.</translation>
    </message>
    <message>
        <source>Write the date of birth, or ? if unknown.</source>
        <translation>Туған күнін жазыңыз, белгісіз болса ? қойыңыз.</translation>
    </message>
    <message>
        <source>Choose the sex as in the document.</source>
        <translation>Жынысын құжаттағыдай таңдаңыз.</translation>
    </message>
    <message>
        <source>Write the State&apos;s three-letter code.</source>
        <translation>Мемлекеттің үш әріпті кодын жазыңыз.</translation>
    </message>
    <message>
        <source>Write the code of the State that issued it.</source>
        <translation>Құжатты берген мемлекеттің кодын жазыңыз.</translation>
    </message>
    <message>
        <source>Write the document number.</source>
        <translation>Құжат нөмірін жазыңыз.</translation>
    </message>
    <message>
        <source>Put in a document, or choose why there is none.</source>
        <translation>Құжатты енгізіңіз немесе неге жоқ екенін таңдаңыз.</translation>
    </message>
    <message>
        <source>Choose the purpose of the journey.</source>
        <translation>Сапар мақсатын таңдаңыз.</translation>
    </message>
    <message>
        <source>Choose the basis of entry.</source>
        <translation>Кіру негізін таңдаңыз.</translation>
    </message>
    <message>
        <source>Write where the traveller is going.</source>
        <translation>Адамның қайда баратынын жазыңыз.</translation>
    </message>
    <message>
        <source>Choose a reason.</source>
        <translation>Себебін таңдаңыз.</translation>
    </message>
    <message>
        <source>Write a note.</source>
        <translation>Ескертпе жазыңыз.</translation>
    </message>
    <message>
        <source>Choose at least one ground.</source>
        <translation>Кемінде бір негіз таңдаңыз.</translation>
    </message>
    <message>
        <source>Write which national ground applies.</source>
        <translation>Қандай ұлттық негіз қолданылатынын жазыңыз.</translation>
    </message>
    <message>
        <source>Choose a decision.</source>
        <translation>Шешімді таңдаңыз.</translation>
    </message>
    <message>
        <source>Choose whether they are the same.</source>
        <translation>Сәйкес пе екенін таңдаңыз.</translation>
    </message>
    <message>
        <source>Two verdicts contradict each other: look again and say which one stands.</source>
        <translation>Екі қорытынды бір-біріне қайшы: қайта қарап, қайсысы дұрыс екенін айтыңыз.</translation>
    </message>
    <message>
        <source>A colleague has said so already: give your opinion on it (F7).</source>
        <translation>Әріптесіңіз қорытынды айтып қойған: өз пікіріңізді беріңіз (F7).</translation>
    </message>
    <message>
        <source>Choose at least one reason.</source>
        <translation>Кемінде бір себеп таңдаңыз.</translation>
    </message>
    <message>
        <source>A reason does not fit the verdict.</source>
        <translation>Себеп қорытындыға сай емес.</translation>
    </message>
    <message>
        <source>Nobody has asked the owner yet: record the call first (F4).</source>
        <translation>Бастамашыдан әлі сұралған жоқ: алдымен әңгімені жазыңыз (F4).</translation>
    </message>
    <message>
        <source>Choose whether you agree.</source>
        <translation>Келісетініңізді таңдаңыз.</translation>
    </message>
    <message>
        <source>No second person is asked for here.</source>
        <translation>Мұнда екінші адам қажет емес.</translation>
    </message>
    <message>
        <source>Whoever has judged does not agree with himself: ask a colleague.</source>
        <translation>Қорытынды айтқан адам өзімен келіспейді: әріптесіңізден сұраңыз.</translation>
    </message>
    <message>
        <source>Choose what was done.</source>
        <translation>Не жасалғанын таңдаңыз.</translation>
    </message>
    <message>
        <source>Say first whether they are the same; then record what was done.</source>
        <translation>Алдымен сәйкес пе екенін айтыңыз; содан кейін шараны жазыңыз.</translation>
    </message>
    <message>
        <source>Write the time as 14:05, or as 24.11.2026 14:05.</source>
        <translation>Уақытты 14:05 немесе 24.11.2026 14:05 түрінде жазыңыз.</translation>
    </message>
    <message>
        <source>This time is still to come. Correct it.</source>
        <translation>Бұл уақыт әлі келген жоқ. Түзетіңіз.</translation>
    </message>
    <message>
        <source>This is before the check. Correct the date.</source>
        <translation>Бұл тексеруден бұрын. Күнін түзетіңіз.</translation>
    </message>
    <message>
        <source>An item stands there twice.</source>
        <translation>Бір тармақ екі рет тұр.</translation>
    </message>
    <message>
        <source>Choose how the owner was told.</source>
        <translation>Бастамашыға қалай хабарланғанын таңдаңыз.</translation>
    </message>
    <message>
        <source>Write who was told.</source>
        <translation>Кімге хабарланғанын жазыңыз.</translation>
    </message>
    <message>
        <source>The owner of the alert is still to be told (F4).</source>
        <translation>Хабарландыру бастамашысына әлі хабарланған жоқ (F4).</translation>
    </message>
    <message>
        <source>Information is still to be collected (F5).</source>
        <translation>Мәліметтер әлі жиналған жоқ (F5).</translation>
    </message>
    <message>
        <source>Note at least one item.</source>
        <translation>Кемінде бір тармақты жазыңыз.</translation>
    </message>
    <message>
        <source>This alert asks for no information.</source>
        <translation>Бұл хабарландыру мәлімет талап етпейді.</translation>
    </message>
    <message>
        <source>This hit is not known here.</source>
        <translation>Бұл сәйкестік мұнда белгісіз.</translation>
    </message>
    <message>
        <source>The check of this hit has not arrived here yet. Try again in a moment.</source>
        <translation>Бұл сәйкестіктің тексеруі әлі келген жоқ. Сәл кейін қайталаңыз.</translation>
    </message>
    <message>
        <source>The booth has taken this check back.</source>
        <translation>Кабина бұл тексеруді қайтарып алды.</translation>
    </message>
    <message>
        <source>This hit is closed already.</source>
        <translation>Бұл сәйкестік жабылып қойған.</translation>
    </message>
    <message>
        <source>Nobody reviews what he said himself: ask a colleague.</source>
        <translation>Өз қорытындысын ешкім тексермейді: әріптесіңізден сұраңыз.</translation>
    </message>
    <message>
        <source>There is nothing to review here.</source>
        <translation>Мұнда тексеретін ештеңе жоқ.</translation>
    </message>
    <message>
        <source>Read the strong match first, then press F11, then decide.</source>
        <translation>Алдымен күшті сәйкестікті оқып, F11 басыңыз, содан кейін шешіңіз.</translation>
    </message>
    <message>
        <source>Write the language of the interview.</source>
        <translation>Сұхбат тілін жазыңыз.</translation>
    </message>
    <message>
        <source>Write at least one question.</source>
        <translation>Кемінде бір сұрақ жазыңыз.</translation>
    </message>
    <message>
        <source>Write the question to this answer.</source>
        <translation>Осы жауаптың сұрағын жазыңыз.</translation>
    </message>
    <message>
        <source>Choose whether the person signed.</source>
        <translation>Адам қол қойды ма, таңдаңыз.</translation>
    </message>
    <message>
        <source>Write why the person did not sign.</source>
        <translation>Неге қол қойылмағанын жазыңыз.</translation>
    </message>
    <message>
        <source>Change at least one field.</source>
        <translation>Кемінде бір өрісті өзгертіңіз.</translation>
    </message>
    <message>
        <source>The last check can no longer be taken back; correct it in the log.</source>
        <translation>Соңғы тексеруді енді қайтарып алуға болмайды; журналда түзетіңіз.</translation>
    </message>
    <message>
        <source>There is no check to take back.</source>
        <translation>Қайтарып алатын тексеру жоқ.</translation>
    </message>
    <message>
        <source>Second line has already decided on the last check.</source>
        <translation>Соңғы тексеру бойынша екінші шеп шешіп қойған.</translation>
    </message>
    <message>
        <source>This referral is already decided.</source>
        <translation>Бұл жіберілім бойынша шешім бар.</translation>
    </message>
    <message>
        <source>Who proposed the refusal does not approve it: ask a colleague.</source>
        <translation>Бас тартуды ұсынған адам оны бекітпейді: әріптесіңізден сұраңыз.</translation>
    </message>
    <message>
        <source>Close and sign the notes first.</source>
        <translation>Алдымен сұхбат жазбасын жауып, қол қойыңыз.</translation>
    </message>
    <message>
        <source>This interview is not known here.</source>
        <translation>Бұл сұхбат мұнда белгісіз.</translation>
    </message>
    <message>
        <source>This referral is not known here.</source>
        <translation>Бұл жіберілім мұнда белгісіз.</translation>
    </message>
    <message>
        <source>This record is not known here.</source>
        <translation>Бұл жазба мұнда белгісіз.</translation>
    </message>
    <message>
        <source>Only its author in the same shift, or a supervisor, corrects this record.</source>
        <translation>Бұл жазбаны тек авторы сол ауысымда немесе ауысым бастығы түзетеді.</translation>
    </message>
    <message>
        <source>Nobody reviews his own records: ask a colleague.</source>
        <translation>Өз жазбасын ешкім тексермейді: әріптесіңізден сұраңыз.</translation>
    </message>
    <message>
        <source>Something was added meanwhile. It is shown now; look again.</source>
        <translation>Осы арада жазба толықтырылды. Ол көрсетілді; қайта қараңыз.</translation>
    </message>
    <message>
        <source>This was corrected meanwhile. Look again.</source>
        <translation>Осы арада бұл түзетілді. Қайта қараңыз.</translation>
    </message>
    <message>
        <source>It reads so already.</source>
        <translation>Онсыз да солай жазылған.</translation>
    </message>
    <message>
        <source>This does not fit the field.</source>
        <translation>Бұл өріске сәйкес емес.</translation>
    </message>
    <message>
        <source>This field is not corrected.</source>
        <translation>Бұл өріс түзетілмейді.</translation>
    </message>
    <message>
        <source>Type the pass-phrase.</source>
        <translation>Кілттік фразаны енгізіңіз.</translation>
    </message>
    <message>
        <source>Take at least twelve characters: four words are good.</source>
        <translation>Кемінде он екі таңба керек: төрт сөз жақсы.</translation>
    </message>
    <message>
        <source>Take more different characters: four words are good.</source>
        <translation>Әртүрлі таңба көбірек болсын: төрт сөз жақсы.</translation>
    </message>
    <message>
        <source>The two pass-phrases are not the same.</source>
        <translation>Екі кілттік фраза бірдей емес.</translation>
    </message>
    <message>
        <source>Write the service number.</source>
        <translation>Қызметтік нөмірді жазыңыз.</translation>
    </message>
    <message>
        <source>This number is already in the list.</source>
        <translation>Бұл нөмір тізімде бар.</translation>
    </message>
    <message>
        <source>Write where the provisioning file lies.</source>
        <translation>Дайындау файлының қайда екенін жазыңыз.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Мұндай файл жоқ.</translation>
    </message>
</context>
</TS>
