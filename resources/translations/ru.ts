<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>ActionPanel</name>
    <message>
        <source>Record the action</source>
        <translation>Записать меры</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Меры</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>&amp;When</source>
        <translation>&amp;Когда</translation>
    </message>
    <message>
        <source>&amp;Where, if not here</source>
        <translation>&amp;Где, если не здесь</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>При&amp;мечание</translation>
    </message>
</context>
<context>
    <name>AlonePanel</name>
    <message>
        <source>Countersign</source>
        <translation>Заверить</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>При&amp;мечание</translation>
    </message>
    <message>
        <source>Officer {0} confirmed alone on {1}: {2}</source>
        <translation>Сотрудник {0} подтвердил один {1}: {2}</translation>
    </message>
</context>
<context>
    <name>AmendPanel</name>
    <message>
        <source>Correct a field</source>
        <translation>Исправить поле</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выберите</translation>
    </message>
    <message>
        <source>Record the correction</source>
        <translation>Записать исправление</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Reads now: {0}</source>
        <translation>Сейчас: {0}</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>&amp;Поле</translation>
    </message>
    <message>
        <source>&amp;Should read</source>
        <translation>&amp;Должно быть</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>П&amp;ричина</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>При&amp;мечание</translation>
    </message>
</context>
<context>
    <name>AttachmentList</name>
    <message>
        <source>Attach pictures or PDF</source>
        <translation>Приложить снимки или PDF</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Приложения</translation>
    </message>
</context>
<context>
    <name>AttachmentRow</name>
    <message>
        <source>What it shows</source>
        <translation>Что на нём</translation>
    </message>
    <message>
        <source>What attachment {0} shows</source>
        <translation>Что на приложении {0}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Show attachment {0}</source>
        <translation>Показать приложение {0}</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Take attachment {0} out</source>
        <translation>Убрать приложение {0}</translation>
    </message>
</context>
<context>
    <name>AttachmentWords</name>
    <message>
        <source>attachments: {0} of {1} at the centre</source>
        <translation>приложения: {0} из {1} в центре</translation>
    </message>
    <message>
        <source>not taken, only JPEG and PNG pictures and PDF are.</source>
        <translation>не принят: принимаются только снимки JPEG и PNG и PDF.</translation>
    </message>
    <message>
        <source>not taken, its content is not what its name says. Look where it comes from.</source>
        <translation>не принят: содержимое не то, что в имени. Проверьте, откуда он.</translation>
    </message>
    <message>
        <source>not taken, it is damaged or cut. Copy or scan it once more.</source>
        <translation>не принят: повреждён или обрезан. Скопируйте или отсканируйте ещё раз.</translation>
    </message>
    <message>
        <source>not taken, it would unpack to an enormous picture. Scan it at a lower resolution.</source>
        <translation>не принят: развернулся бы в огромный снимок. Отсканируйте с меньшим разрешением.</translation>
    </message>
    <message>
        <source>not taken, it is larger than {0} MB. Scan it at a lower resolution.</source>
        <translation>не принят: больше {0} МБ. Отсканируйте с меньшим разрешением.</translation>
    </message>
    <message>
        <source>not taken, there is no such file.</source>
        <translation>не принят: такого файла нет.</translation>
    </message>
    <message>
        <source>not taken, it cannot be read. Is the stick still in?</source>
        <translation>не принят: не читается. Накопитель ещё вставлен?</translation>
    </message>
    <message>
        <source>A record takes {0} attachments at most.</source>
        <translation>К записи — не больше {0} приложений.</translation>
    </message>
    <message>
        <source>Write what it shows.</source>
        <translation>Напишите, что на нём.</translation>
    </message>
    <message>
        <source>These words are too long.</source>
        <translation>Слишком длинно.</translation>
    </message>
    <message>
        <source>An attachment is missing or damaged on this disk: take it out.</source>
        <translation>Приложение пропало или повреждено на этом диске: уберите его.</translation>
    </message>
    <message>
        <source>Not here yet: it lies at the computer where it was taken. It is fetched through the post&apos;s exchange; this page looks again by itself.</source>
        <translation>Пока не здесь: файл лежит на компьютере, где его сделали. Он поступает через обмен поста; эта страница обновится сама.</translation>
    </message>
    <message>
        <source>This file is in that folder already.</source>
        <translation>Этот файл в той папке уже есть.</translation>
    </message>
    <message>
        <source>Nothing can be written into this folder. Choose another one.</source>
        <translation>В эту папку писать нельзя. Выберите другую.</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>снимок</translation>
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
        <translation>Показать: {0}</translation>
    </message>
    <message>
        <source>This file is not on this computer.</source>
        <translation>Этого файла на этом компьютере нет.</translation>
    </message>
    <message>
        <source>Not here yet: it lies at workstation {0}. Open it to fetch it.</source>
        <translation>Пока не здесь: лежит на рабочем месте {0}. Откройте, чтобы получить.</translation>
    </message>
    <message>
        <source>On its way from workstation {0}: {1} of {2}.</source>
        <translation>Поступает с рабочего места {0}: {1} из {2}.</translation>
    </message>
</context>
<context>
    <name>CaseFacts</name>
    <message>
        <source>What is known</source>
        <translation>Что известно</translation>
    </message>
    <message>
        <source>Referral</source>
        <translation>Направление</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Кем</translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Лицо</translation>
    </message>
    <message>
        <source>Crossing</source>
        <translation>Пересечение</translation>
    </message>
    <message>
        <source>Earlier crossings known here</source>
        <translation>Прежние пересечения, известные здесь</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Нет.</translation>
    </message>
</context>
<context>
    <name>CaseScreen</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Another interview</source>
        <translation>Ещё один опрос</translation>
    </message>
    <message>
        <source>Close and sign</source>
        <translation>Закрыть и подписать</translation>
    </message>
    <message>
        <source>Add to the notes</source>
        <translation>Дополнить запись</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Outcome for</source>
        <translation>Итог для</translation>
    </message>
    <message>
        <source>Write what is to be added.</source>
        <translation>Напишите, что добавить.</translation>
    </message>
    <message>
        <source>Close and sign the notes first (F10).</source>
        <translation>Сначала закройте и подпишите запись опроса (F10).</translation>
    </message>
    <message>
        <source>Somebody has sent an outcome already.</source>
        <translation>Итог уже отправлен другим сотрудником.</translation>
    </message>
    <message>
        <source>The booth has taken this check back: nobody waits any more.</source>
        <translation>Кабина отозвала эту проверку: никто больше не ждёт.</translation>
    </message>
    <message>
        <source>You proposed this refusal: somebody else must decide on it.</source>
        <translation>Этот отказ предложили вы: решать должен другой сотрудник.</translation>
    </message>
</context>
<context>
    <name>ClosedNotes</name>
    <message>
        <source>Closed interviews</source>
        <translation>Закрытые опросы</translation>
    </message>
    <message>
        <source>&amp;Addendum</source>
        <translation>До&amp;полнение</translation>
    </message>
    <message>
        <source>Signed notes stay as they are; words can only be added.</source>
        <translation>Подписанная запись не меняется; её можно только дополнить.</translation>
    </message>
    <message>
        <source>Closed and signed by {0} · {1:%d.%m.%Y %H:%M}–{2:%H:%M}</source>
        <translation>Закрыто и подписано: {0} · {1:%d.%m.%Y %H:%M}–{2:%H:%M}</translation>
    </message>
    <message>
        <source>An addendum is not encrypted.</source>
        <translation>Дополнение не шифруется.</translation>
    </message>
    <message>
        <source>Account in the person&apos;s own words</source>
        <translation>Рассказ собственными словами</translation>
    </message>
    <message>
        <source>Addendum, {0} {1:%d.%m.%Y %H:%M}</source>
        <translation>Дополнение, {0} {1:%d.%m.%Y %H:%M}</translation>
    </message>
    <message>
        <source>read back</source>
        <translation>прочитано вслух</translation>
    </message>
    <message>
        <source>present: {0}</source>
        <translation>присутствуют: {0}</translation>
    </message>
    <message>
        <source>interpreter: {0}</source>
        <translation>переводчик: {0}</translation>
    </message>
</context>
<context>
    <name>ClosingPanel</name>
    <message>
        <source>Close the hit</source>
        <translation>Закрыть совпадение</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>При&amp;мечание</translation>
    </message>
    <message>
        <source>All that this hit asks for is done.</source>
        <translation>Всё, чего требует это совпадение, сделано.</translation>
    </message>
</context>
<context>
    <name>CollectionPanel</name>
    <message>
        <source>Record the information</source>
        <translation>Записать сведения</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>При&amp;мечание</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Side by side</source>
        <translation>Сопоставление</translation>
    </message>
    <message>
        <source>Photograph of the alert</source>
        <translation>Фотография из оповещения</translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Проверяемое лицо</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Оповещение</translation>
    </message>
</context>
<context>
    <name>Curtain</name>
    <message>
        <source>Progress</source>
        <translation>Ход подготовки</translation>
    </message>
    <message>
        <source>Checkpoint Client</source>
        <translation>Checkpoint Client</translation>
    </message>
    <message>
        <source>The demonstration is being made ready</source>
        <translation>Подготовка демонстрации</translation>
    </message>
</context>
<context>
    <name>DateEdit</name>
    <message>
        <source>dd.mm.yyyy</source>
        <translation>дд.мм.гггг</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Admit</source>
        <translation>Пропустить</translation>
    </message>
    <message>
        <source>Refer</source>
        <translation>Направить</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Отказать</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Отозвать</translation>
    </message>
    <message>
        <source>Take back ({0} s)</source>
        <translation>Отозвать ({0} с)</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>DemonstrationBar</name>
    <message>
        <source>Demonstration: an invented post, invented people, nothing is kept.</source>
        <translation>Демонстрация: вымышленный пост, вымышленные люди, ничего не сохраняется.</translation>
    </message>
    <message>
        <source>Cut the line</source>
        <translation>Оборвать связь</translation>
    </message>
    <message>
        <source>Give the line back</source>
        <translation>Вернуть связь</translation>
    </message>
</context>
<context>
    <name>DigitStates</name>
    <message>
        <source>fits</source>
        <translation>верна</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>не сходится</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Check digit {0}: {1}</source>
        <translation>Контрольная цифра {0}: {1}</translation>
    </message>
</context>
<context>
    <name>DocumentTabs</name>
    <message>
        <source>Take away</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Take the document away</source>
        <translation>Убрать документ</translation>
    </message>
    <message>
        <source>Document {0}: {1}</source>
        <translation>Документ {0}: {1}</translation>
    </message>
</context>
<context>
    <name>ExchangeRow</name>
    <message>
        <source>Question (↓ for proposals)</source>
        <translation>Вопрос (↓ предложит варианты)</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message numerus="yes">
        <source>%n other alert(s) carry this name</source>
        <translation>
            <numerusform>ещё %n оповещение с этим именем</numerusform>
            <numerusform>ещё %n оповещения с этим именем</numerusform>
            <numerusform>ещё %n оповещений с этим именем</numerusform>
        </translation>
    </message>
    <message>
        <source>Strong match</source>
        <translation>Сильное совпадение</translation>
    </message>
    <message>
        <source>Possible match</source>
        <translation>Возможное совпадение</translation>
    </message>
    <message>
        <source>Officer {0} said on {1}: the same</source>
        <translation>Сотрудник {0}, {1}: совпадает</translation>
    </message>
    <message>
        <source>Officer {0} said on {1}: not the same</source>
        <translation>Сотрудник {0}, {1}: не совпадает</translation>
    </message>
    <message>
        <source>Officer {0} said on {1}: cannot say</source>
        <translation>Сотрудник {0}, {1}: не установлено</translation>
    </message>
    <message>
        <source>Headquarters has not confirmed this yet.</source>
        <translation>Центр этого ещё не подтвердил.</translation>
    </message>
    <message>
        <source>Headquarters confirms: stolen or lost (list version {0}).</source>
        <translation>Центр подтверждает: похищен или утрачен (версия списка {0}).</translation>
    </message>
    <message>
        <source>Headquarters says: not stolen or lost (list version {0}).</source>
        <translation>Центр сообщает: не похищен и не утрачен (версия списка {0}).</translation>
    </message>
    <message>
        <source>No watch-list on this workstation</source>
        <translation>На этом рабочем месте нет контрольного списка</translation>
    </message>
    <message>
        <source>{0} {1}: {2}</source>
        <translation>{0} {1}: {2}</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) beyond what is granted</source>
        <translation>
            <numerusform>%n день сверх разрешённого</numerusform>
            <numerusform>%n дня сверх разрешённого</numerusform>
            <numerusform>%n дней сверх разрешённого</numerusform>
        </translation>
    </message>
    <message>
        <source>May stay until {0}, this day included</source>
        <translation>Может находиться до {0} включительно</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) used with today</source>
        <translation>
            <numerusform>С сегодняшним использован %n день</numerusform>
            <numerusform>С сегодняшним использовано %n дня</numerusform>
            <numerusform>С сегодняшним использовано %n дней</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} days in any {1} are granted</source>
        <translation>разрешено {0} дней в любые {1}</translation>
    </message>
    <message>
        <source>{0} days in {1} from the first entry are granted</source>
        <translation>разрешено {0} дней в {1} со дня первого въезда</translation>
    </message>
    <message>
        <source>{0} days a stay</source>
        <translation>{0} дней за одно пребывание</translation>
    </message>
    <message numerus="yes">
        <source>%n entry or exit is not known: look at the stamps</source>
        <translation>
            <numerusform>%n въезд или выезд не известен: посмотрите штампы</numerusform>
            <numerusform>%n въезда или выезда не известны: посмотрите штампы</numerusform>
            <numerusform>%n въездов или выездов не известны: посмотрите штампы</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n crossing(s) in this post&apos;s records</source>
        <translation>
            <numerusform>%n пересечение в записях этого поста</numerusform>
            <numerusform>%n пересечения в записях этого поста</numerusform>
            <numerusform>%n пересечений в записях этого поста</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of other posts</source>
        <translation>
            <numerusform>%n на других постах</numerusform>
            <numerusform>%n на других постах</numerusform>
            <numerusform>%n на других постах</numerusform>
        </translation>
    </message>
    <message>
        <source>as the centre knew on {0}</source>
        <translation>по данным центра на {0}</translation>
    </message>
    <message>
        <source>Counted from: {0}</source>
        <translation>Подсчитано по: {0}</translation>
    </message>
    <message>
        <source>Nothing is known of other posts yet.</source>
        <translation>О других постах пока ничего не известно.</translation>
    </message>
    <message>
        <source>A working value, not signed by headquarters. Source: {0}</source>
        <translation>Рабочее значение, не подписано центром. Источник: {0}</translation>
    </message>
    <message>
        <source>Watch-list</source>
        <translation>Контрольный список</translation>
    </message>
    <message>
        <source>Lost documents</source>
        <translation>Утраченные документы</translation>
    </message>
    <message>
        <source>Expired on {date}.</source>
        <translation>Срок истёк {date}.</translation>
    </message>
    <message>
        <source>Expires soon, on {date}.</source>
        <translation>Срок скоро истекает: {date}.</translation>
    </message>
    <message>
        <source>A specimen ({state}): no State issues it. Ask for another.</source>
        <translation>Образец ({state}): такого государства нет. Попросите другой документ.</translation>
    </message>
    <message>
        <source>{state} is no State code we know. Compare the document.</source>
        <translation>Код государства {state} неизвестен. Сверьте с документом.</translation>
    </message>
    <message>
        <source>A minor. Look at who comes along and the consent to travel.</source>
        <translation>Несовершеннолетний. Проверьте сопровождающего и согласие на выезд.</translation>
    </message>
    <message>
        <source>Entered by hand: no check digits vouch for it.</source>
        <translation>Введено вручную: контрольных цифр нет.</translation>
    </message>
    <message>
        <source>No document was shown.</source>
        <translation>Документ не предъявлен.</translation>
    </message>
    <message>
        <source>The name is cut in the machine-readable zone.</source>
        <translation>Имя в машиносчитываемой зоне обрезано.</translation>
    </message>
    <message>
        <source>The check digit of the document number does not fit.</source>
        <translation>Контрольная цифра номера документа не сходится.</translation>
    </message>
    <message>
        <source>The check digit of the date of birth does not fit.</source>
        <translation>Контрольная цифра даты рождения не сходится.</translation>
    </message>
    <message>
        <source>The check digit of the expiry date does not fit.</source>
        <translation>Контрольная цифра срока действия не сходится.</translation>
    </message>
    <message>
        <source>The check digit of the optional data does not fit.</source>
        <translation>Контрольная цифра дополнительных данных не сходится.</translation>
    </message>
    <message>
        <source>The composite check digit does not fit.</source>
        <translation>Общая контрольная цифра не сходится.</translation>
    </message>
    <message>
        <source>The check digit of the personal number does not fit.</source>
        <translation>Контрольная цифра личного номера не сходится.</translation>
    </message>
    <message>
        <source>The personal number tells another date of birth.</source>
        <translation>Личный номер указывает другую дату рождения.</translation>
    </message>
    <message>
        <source>The personal number tells another sex.</source>
        <translation>Личный номер указывает другой пол.</translation>
    </message>
    <message>
        <source>The personal number has the wrong length.</source>
        <translation>Длина личного номера неверна.</translation>
    </message>
    <message>
        <source>The personal number does not fit. Compare it.</source>
        <translation>Личный номер не сходится. Сверьте его.</translation>
    </message>
    <message>
        <source>surname</source>
        <translation>фамилия</translation>
    </message>
    <message>
        <source>given name</source>
        <translation>имя</translation>
    </message>
    <message>
        <source>father&apos;s name</source>
        <translation>отчество</translation>
    </message>
    <message>
        <source>name</source>
        <translation>имя</translation>
    </message>
    <message>
        <source>{part} {traveller} is the same as {alert}</source>
        <translation>{part} {traveller}: то же, что {alert}</translation>
    </message>
    <message>
        <source>{part} {traveller} is a spelling of {alert}</source>
        <translation>{part} {traveller}: вариант написания {alert}</translation>
    </message>
    <message>
        <source>{part} {traveller} is similar to {alert}</source>
        <translation>{part} {traveller}: похоже на {alert}</translation>
    </message>
    <message>
        <source>{part} {traveller} may be the beginning of {alert}</source>
        <translation>{part} {traveller}: возможно, начало {alert}</translation>
    </message>
    <message>
        <source>{part} {traveller} is {alert} written together or apart</source>
        <translation>{part} {traveller}: то же, что {alert}, слитно или раздельно</translation>
    </message>
    <message>
        <source>{part} {traveller} differs from {alert}</source>
        <translation>{part} {traveller}: отличается от {alert}</translation>
    </message>
    <message>
        <source>the alert does not know the {part} {traveller}</source>
        <translation>в оповещении нет: {part} {traveller}</translation>
    </message>
    <message>
        <source>the alert has {alert} besides</source>
        <translation>в оповещении есть ещё {alert}</translation>
    </message>
    <message>
        <source>the names stand in another order</source>
        <translation>имена стоят в другом порядке</translation>
    </message>
    <message>
        <source>{alert} is a further name of {name}</source>
        <translation>{alert}: другое имя того же лица ({name})</translation>
    </message>
    <message>
        <source>born {traveller}, as in the alert</source>
        <translation>дата рождения {traveller}, как в оповещении</translation>
    </message>
    <message>
        <source>born {traveller}; the alert says {alert}, which agrees</source>
        <translation>дата рождения {traveller}; в оповещении {alert}: согласуется</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: day and month swapped</source>
        <translation>дата рождения {traveller}, в оповещении {alert}: день и месяц переставлены</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: the same year, one of them 1 January</source>
        <translation>дата рождения {traveller}, в оповещении {alert}: тот же год, одна из дат 1 января</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: one digit differs</source>
        <translation>дата рождения {traveller}, в оповещении {alert}: отличается одна цифра</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: another day</source>
        <translation>дата рождения {traveller}, в оповещении {alert}: другой день</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: the same year</source>
        <translation>дата рождения {traveller}, в оповещении {alert}: тот же год</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: one year apart</source>
        <translation>дата рождения {traveller}, в оповещении {alert}: разница в один год</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: not the same</source>
        <translation>дата рождения {traveller}, в оповещении {alert}: не совпадает</translation>
    </message>
    <message>
        <source>one of the dates of birth is not known</source>
        <translation>одна из дат рождения неизвестна</translation>
    </message>
    <message>
        <source>the same nationality, {state}</source>
        <translation>то же гражданство, {state}</translation>
    </message>
    <message>
        <source>nationality {traveller}, alert says {alert}</source>
        <translation>гражданство {traveller}, в оповещении {alert}</translation>
    </message>
    <message>
        <source>the same sex, {sex}</source>
        <translation>тот же пол, {sex}</translation>
    </message>
    <message>
        <source>sex {traveller}, alert says {alert}</source>
        <translation>пол {traveller}, в оповещении {alert}</translation>
    </message>
    <message>
        <source>document {number} of {state} is in the alert</source>
        <translation>документ {number}, {state}, есть в оповещении</translation>
    </message>
    <message>
        <source>document {number} of {state} may be listed as stolen or lost: have it confirmed</source>
        <translation>документ {number}, {state}, возможно, числится похищенным или утраченным: нужно подтверждение</translation>
    </message>
    <message>
        <source>personal number {number} is in the alert</source>
        <translation>личный номер {number} есть в оповещении</translation>
    </message>
    <message>
        <source>registration plate {number} is in the alert</source>
        <translation>номерной знак {number} есть в оповещении</translation>
    </message>
    <message>
        <source>vehicle number {number} is in the alert</source>
        <translation>номер транспортного средства {number} есть в оповещении</translation>
    </message>
    <message>
        <source>Wanted for arrest</source>
        <translation>В розыске для ареста</translation>
    </message>
    <message>
        <source>Wanted for extradition</source>
        <translation>В розыске для выдачи</translation>
    </message>
    <message>
        <source>Entry to be refused</source>
        <translation>Во въезде отказать</translation>
    </message>
    <message>
        <source>May not leave</source>
        <translation>Выезд запрещён</translation>
    </message>
    <message>
        <source>Missing adult</source>
        <translation>Пропавший без вести взрослый</translation>
    </message>
    <message>
        <source>Missing child</source>
        <translation>Пропавший без вести ребёнок</translation>
    </message>
    <message>
        <source>Child at risk</source>
        <translation>Ребёнок в опасности</translation>
    </message>
    <message>
        <source>Vulnerable person</source>
        <translation>Уязвимое лицо</translation>
    </message>
    <message>
        <source>Sought by a court</source>
        <translation>Разыскивается судом</translation>
    </message>
    <message>
        <source>Discreet check</source>
        <translation>Негласная проверка</translation>
    </message>
    <message>
        <source>Inquiry check</source>
        <translation>Проверка с опросом</translation>
    </message>
    <message>
        <source>Specific check</source>
        <translation>Специальная проверка</translation>
    </message>
    <message>
        <source>Object to be seized</source>
        <translation>Предмет подлежит изъятию</translation>
    </message>
    <message>
        <source>Invalid document</source>
        <translation>Недействительный документ</translation>
    </message>
    <message>
        <source>Stolen vehicle</source>
        <translation>Похищенное транспортное средство</translation>
    </message>
    <message>
        <source>Return decision</source>
        <translation>Решение о возвращении</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Здоровье</translation>
    </message>
    <message>
        <source>Of interest to customs</source>
        <translation>Интерес таможни</translation>
    </message>
    <message>
        <source>May not leave: debts</source>
        <translation>Выезд запрещён: долги</translation>
    </message>
    <message>
        <source>Under sanctions</source>
        <translation>Под санкциями</translation>
    </message>
    <message>
        <source>Detain</source>
        <translation>Задержать</translation>
    </message>
    <message>
        <source>Refuse entry</source>
        <translation>Отказать во въезде</translation>
    </message>
    <message>
        <source>Collect information; the person must not notice</source>
        <translation>Собрать сведения; лицо не должно заметить</translation>
    </message>
    <message>
        <source>Interview and collect information</source>
        <translation>Опросить и собрать сведения</translation>
    </message>
    <message>
        <source>Search person and vehicle</source>
        <translation>Досмотреть лицо и транспорт</translation>
    </message>
    <message>
        <source>Seize the object</source>
        <translation>Изъять предмет</translation>
    </message>
    <message>
        <source>Seize the document</source>
        <translation>Изъять документ</translation>
    </message>
    <message>
        <source>Place under protection</source>
        <translation>Взять под защиту</translation>
    </message>
    <message>
        <source>Report the whereabouts</source>
        <translation>Сообщить местонахождение</translation>
    </message>
    <message>
        <source>Notify the owner of the alert</source>
        <translation>Уведомить инициатора оповещения</translation>
    </message>
    <message>
        <source>Contact the owner of the alert first</source>
        <translation>Сначала связаться с инициатором оповещения</translation>
    </message>
    <message>
        <source>Armed</source>
        <translation>Вооружён</translation>
    </message>
    <message>
        <source>Violent</source>
        <translation>Склонен к насилию</translation>
    </message>
    <message>
        <source>May flee</source>
        <translation>Может бежать</translation>
    </message>
    <message>
        <source>Suicide risk</source>
        <translation>Риск самоубийства</translation>
    </message>
    <message>
        <source>Contagious</source>
        <translation>Заразен</translation>
    </message>
    <message>
        <source>Drugs</source>
        <translation>Наркотики</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>Несовершеннолетний</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Waiting for a document</source>
        <translation>Ожидание документа</translation>
    </message>
    <message>
        <source>What is known about the traveller appears here as soon as a document is read or a name is typed.</source>
        <translation>Что известно о лице, появится здесь, как только документ прочитан или введено имя.</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>Прочитано</translation>
    </message>
    <message>
        <source>The hit before</source>
        <translation>Предыдущее совпадение</translation>
    </message>
    <message>
        <source>Findings: further down</source>
        <translation>Результаты: ниже</translation>
    </message>
    <message>
        <source>Findings: further up</source>
        <translation>Результаты: выше</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Результаты</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>Следующее совпадение</translation>
    </message>
    <message numerus="yes">
        <source>%n strong match(es) on the watch-list</source>
        <translation>
            <numerusform>%n сильное совпадение с контрольным списком</numerusform>
            <numerusform>%n сильных совпадения с контрольным списком</numerusform>
            <numerusform>%n сильных совпадений с контрольным списком</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n possible match(es): compare</source>
        <translation>
            <numerusform>%n возможное совпадение: сравните</numerusform>
            <numerusform>%n возможных совпадения: сравните</numerusform>
            <numerusform>%n возможных совпадений: сравните</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>Look at the remarks</source>
        <translation>Посмотрите замечания</translation>
    </message>
    <message>
        <source>Something is wrong: read the remarks</source>
        <translation>Что-то не так: прочитайте замечания</translation>
    </message>
    <message>
        <source>Document and person</source>
        <translation>Документ и лицо</translation>
    </message>
    <message>
        <source>Valid, nothing to remark.</source>
        <translation>Действителен, замечаний нет.</translation>
    </message>
    <message>
        <source>Stay without a visa</source>
        <translation>Пребывание без визы</translation>
    </message>
    <message>
        <source>Earlier crossings known here</source>
        <translation>Прежние пересечения, известные здесь</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Нет.</translation>
    </message>
    <message>
        <source>same document</source>
        <translation>тот же документ</translation>
    </message>
    <message>
        <source>same person</source>
        <translation>то же лицо</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>отозвана</translation>
    </message>
</context>
<context>
    <name>FirstLineScreen</name>
    <message>
        <source>Here is what you had typed last.</source>
        <translation>Здесь то, что вы вводили в последний раз.</translation>
    </message>
    <message>
        <source>Read, but not all of it fits: compare the red fields.</source>
        <translation>Прочитано, но не всё сходится: сверьте красные поля.</translation>
    </message>
    <message>
        <source>Document read.</source>
        <translation>Документ прочитан.</translation>
    </message>
    <message>
        <source>Document added to this traveller.</source>
        <translation>Документ добавлен этому лицу.</translation>
    </message>
    <message>
        <source>The same document, read again.</source>
        <translation>Тот же документ, прочитан ещё раз.</translation>
    </message>
    <message>
        <source>Another person&apos;s document: it waits. Decide on this traveller first.</source>
        <translation>Документ другого лица: он подождёт. Сначала решите по этому.</translation>
    </message>
    <message>
        <source>New findings. Read them, then decide.</source>
        <translation>Новые результаты. Прочитайте их, затем решайте.</translation>
    </message>
    <message>
        <source>Something is missing, see the red field.</source>
        <translation>Чего-то не хватает, см. красное поле.</translation>
    </message>
    <message>
        <source>To second line:</source>
        <translation>На вторую линию:</translation>
    </message>
    <message>
        <source>Refuse entry:</source>
        <translation>Отказ во въезде:</translation>
    </message>
    <message>
        <source>Strong match. F7 refers; F9 once more admits.</source>
        <translation>Сильное совпадение. F7 направляет; ещё раз F9 пропускает.</translation>
    </message>
    <message>
        <source>Taken back. Decide again.</source>
        <translation>Отозвано. Решите заново.</translation>
    </message>
    <message>
        <source>There is no check to take back.</source>
        <translation>Нет проверки, которую можно отозвать.</translation>
    </message>
    <message>
        <source>The minute is over. Correct the check in the log.</source>
        <translation>Минута прошла. Исправьте проверку в журнале.</translation>
    </message>
    <message>
        <source>Second line has decided. Correct the check in the log.</source>
        <translation>Вторая линия решила. Исправьте проверку в журнале.</translation>
    </message>
    <message>
        <source>Headquarters approves refusals: the traveller goes to second line.</source>
        <translation>Отказы утверждает руководство: лицо идёт на вторую линию.</translation>
    </message>
    <message>
        <source>Propose refusal</source>
        <translation>Предложить отказ</translation>
    </message>
    <message>
        <source>{0} · F12 takes it back within {1} s</source>
        <translation>{0} · F12 отзовёт в течение {1} с</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting: {0}</source>
        <translation>
            <numerusform>ожидает %n: {0}</numerusform>
            <numerusform>ожидают %n: {0}</numerusform>
            <numerusform>ожидают %n: {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Second line: {0} · {1}</source>
        <translation>Вторая линия: {0} · {1}</translation>
    </message>
    <message>
        <source>To the machine-readable zone</source>
        <translation>К машиносчитываемой зоне</translation>
    </message>
    <message>
        <source>Ready for a document</source>
        <translation>Готово к документу</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>No line here</source>
        <translation>Здесь нет связи</translation>
    </message>
    <message>
        <source>Add another person</source>
        <translation>Добавить ещё человека</translation>
    </message>
    <message>
        <source>Enrol this computer</source>
        <translation>Зарегистрировать этот компьютер</translation>
    </message>
    <message>
        <source>Without a line: ask by a stick</source>
        <translation>Без связи: запрос на флешке</translation>
    </message>
    <message>
        <source>1. A request is written to the stick. 2. Headquarters answers it there. 3. Back here, give the answer&apos;s file instead of the provisioning file. Nothing on the stick is secret.</source>
        <translation>1. На флешку записывается запрос. 2. В центре на него отвечают. 3. Здесь укажите файл ответа вместо файла подготовки. Секретов на флешке нет.</translation>
    </message>
    <message>
        <source>Write the request</source>
        <translation>Записать запрос</translation>
    </message>
    <message>
        <source>May sign in: {0}</source>
        <translation>Могут войти: {0}</translation>
    </message>
    <message>
        <source>Asking the centre …</source>
        <translation>Запрос в центр …</translation>
    </message>
    <message>
        <source>The request is at {0}. Digits of the new keys: {1}. Headquarters answers it with enrol-file; its answer is looked for at {2}, the field above says so already.</source>
        <translation>Запрос записан: {0}. Цифры новых ключей: {1}. Центр отвечает командой enrol-file; ответ ожидается здесь: {2}, поле выше уже указывает на него.</translation>
    </message>
    <message>
        <source>Enrolled. Digits of its keys: {0}. Compare them with headquarters.</source>
        <translation>Готово. Цифры ключей: {0}. Сверьте их с центром.</translation>
    </message>
    <message>
        <source>Go on to sign-in</source>
        <translation>Перейти ко входу</translation>
    </message>
    <message>
        <source>Make this computer a workstation</source>
        <translation>Сделать этот компьютер рабочим местом</translation>
    </message>
    <message>
        <source>Headquarters gives a provisioning file for each workstation, or a token to scan or type. Every person types a pass-phrase of at least twelve characters; four words are good.</source>
        <translation>Центр выдаёт для каждого рабочего места файл подготовки или код, который сканируют или набирают. Каждый вводит парольную фразу не короче двенадцати знаков; хороши четыре слова.</translation>
    </message>
    <message>
        <source>Provisioning &amp;file, or token</source>
        <translation>&amp;Файл подготовки или код</translation>
    </message>
    <message>
        <source>&amp;Workstation&apos;s name, if headquarters gave none</source>
        <translation>&amp;Имя рабочего места, если центр его не дал</translation>
    </message>
    <message>
        <source>Service &amp;number</source>
        <translation>Служебный &amp;номер</translation>
    </message>
    <message>
        <source>&amp;Role</source>
        <translation>&amp;Роль</translation>
    </message>
    <message>
        <source>&amp;Pass-phrase</source>
        <translation>&amp;Парольная фраза</translation>
    </message>
    <message>
        <source>Pass-phrase &amp;again</source>
        <translation>Парольная фраза &amp;ещё раз</translation>
    </message>
</context>
<context>
    <name>GroundsChoice</name>
    <message>
        <source>Grounds</source>
        <translation>Основания</translation>
    </message>
    <message>
        <source>National ground in &amp;full</source>
        <translation>Национальное основание &amp;полностью</translation>
    </message>
    <message>
        <source>Write the national ground in words.</source>
        <translation>Напишите национальное основание словами.</translation>
    </message>
    <message>
        <source>Choose at least one ground by its letter.</source>
        <translation>Выберите хотя бы одно основание по букве.</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Заблокировать</translation>
    </message>
</context>
<context>
    <name>HitCard</name>
    <message>
        <source>Not read yet</source>
        <translation>Ещё не прочитано</translation>
    </message>
    <message>
        <source>born {0}</source>
        <translation>дата рождения {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Прочитано</translation>
    </message>
</context>
<context>
    <name>HitDeskScreen</name>
    <message>
        <source>Hits</source>
        <translation>Совпадения</translation>
    </message>
    <message>
        <source>Enter opens the hit. That it was opened is recorded.</source>
        <translation>Enter открывает совпадение. Открытие записывается.</translation>
    </message>
    <message>
        <source>Next list of hits</source>
        <translation>Следующий список совпадений</translation>
    </message>
    <message>
        <source>List of hits before</source>
        <translation>Предыдущий список совпадений</translation>
    </message>
    <message>
        <source>No hit waits. Hits of the booths and late hits appear here by themselves.</source>
        <translation>Совпадений нет. Совпадения из кабин и поздние совпадения появляются здесь сами.</translation>
    </message>
    <message>
        <source>No verdict waits for a second person.</source>
        <translation>Ни один вывод не ждёт второго лица.</translation>
    </message>
    <message>
        <source>No owner is still to be told.</source>
        <translation>Всем инициаторам уже сообщено.</translation>
    </message>
    <message>
        <source>Nothing was confirmed by one person alone.</source>
        <translation>Ничего не подтверждено одним лицом.</translation>
    </message>
    <message>
        <source>No possible matches on which the booth decided.</source>
        <translation>Нет возможных совпадений, по которым решила кабина.</translation>
    </message>
    <message>
        <source>No hit has been closed here yet.</source>
        <translation>Здесь ещё не закрыто ни одно совпадение.</translation>
    </message>
    <message>
        <source>There are no hits.</source>
        <translation>Совпадений нет.</translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Проверяемое лицо</translation>
    </message>
    <message>
        <source>How far</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Доклад</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Что требуется</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Оповещение</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Найдено</translation>
    </message>
</context>
<context>
    <name>HitFacts</name>
    <message>
        <source>What is known</source>
        <translation>Что известно</translation>
    </message>
    <message>
        <source>The booth has taken this check back: nothing more is to be done.</source>
        <translation>Кабина отозвала эту проверку: больше ничего делать не нужно.</translation>
    </message>
    <message>
        <source>The owner has withdrawn this alert since, or it has expired.</source>
        <translation>Инициатор с тех пор отозвал оповещение, или его срок истёк.</translation>
    </message>
    <message>
        <source>The alert is no longer on the list of this workstation.</source>
        <translation>Оповещения больше нет в списке этого рабочего места.</translation>
    </message>
    <message>
        <source>Two verdicts contradict each other. Look again and say which stands.</source>
        <translation>Два вывода противоречат друг другу. Проверьте ещё раз и скажите, какой верен.</translation>
    </message>
    <message>
        <source>Confirmed by one person alone: a supervisor has still to look at it.</source>
        <translation>Подтверждено одним лицом: начальник смены должен ещё проверить.</translation>
    </message>
    <message>
        <source>list {0}, version {1}</source>
        <translation>список {0}, версия {1}</translation>
    </message>
    <message>
        <source>Why it was found</source>
        <translation>Почему найдено</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Что сделано</translation>
    </message>
    <message>
        <source>workstation</source>
        <translation>рабочее место</translation>
    </message>
</context>
<context>
    <name>HitScreen</name>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Вывод</translation>
    </message>
    <message>
        <source>Second opinion</source>
        <translation>Второе мнение</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Меры</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Tell the owner</source>
        <translation>Сообщить инициатору</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Проверка</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Changed elsewhere while it was open here.</source>
        <translation>Изменено на другом месте, пока было открыто здесь.</translation>
    </message>
</context>
<context>
    <name>HitWords</name>
    <message>
        <source>Overdue: the owner was to be told by {0}, {1} ago</source>
        <translation>Просрочено: сообщить инициатору нужно было до {0}, опоздание {1}</translation>
    </message>
    <message>
        <source>Tell the owner by {0}, {1} left</source>
        <translation>Сообщить инициатору до {0}, осталось {1}</translation>
    </message>
    <message>
        <source>{0} overdue</source>
        <translation>просрочено {0}</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>осталось {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} ч {1} мин</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дня</numerusform>
            <numerusform>%n дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n ч</numerusform>
            <numerusform>%n ч</numerusform>
            <numerusform>%n ч</numerusform>
        </translation>
    </message>
    <message>
        <source>found later</source>
        <translation>найдено позже</translation>
    </message>
    <message>
        <source>alone</source>
        <translation>один</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>отозвано</translation>
    </message>
    <message>
        <source>Saw it as a strong match</source>
        <translation>Видел как сильное совпадение</translation>
    </message>
    <message>
        <source>Saw it as a possible match</source>
        <translation>Видел как возможное совпадение</translation>
    </message>
    <message>
        <source>confirmed alone: {0}</source>
        <translation>подтверждено одним: {0}</translation>
    </message>
    <message>
        <source>Owner told: {0}</source>
        <translation>Сообщено инициатору: {0}</translation>
    </message>
    <message>
        <source>answer: {0}</source>
        <translation>ответ: {0}</translation>
    </message>
    <message>
        <source>Information collected</source>
        <translation>Сведения собраны</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыто</translation>
    </message>
</context>
<context>
    <name>InterviewNotes</name>
    <message>
        <source>&amp;Kind of interview</source>
        <translation>&amp;Вид опроса</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выберите</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Язык</translation>
    </message>
    <message>
        <source>&amp;Persons present</source>
        <translation>&amp;Присутствуют</translation>
    </message>
    <message>
        <source>&amp;Interpreter</source>
        <translation>Пер&amp;еводчик</translation>
    </message>
    <message>
        <source>Next &amp;question</source>
        <translation>Следующий &amp;вопрос</translation>
    </message>
    <message>
        <source>&amp;Account in the person&apos;s own words</source>
        <translation>Р&amp;ассказ собственными словами</translation>
    </message>
    <message>
        <source>The notes were read &amp;back to the person</source>
        <translation>Запись прочитана вслу&amp;х опрошенному</translation>
    </message>
    <message>
        <source>The person&apos;s &amp;signature</source>
        <translation>По&amp;дпись опрошенного</translation>
    </message>
    <message>
        <source>&amp;Reason given</source>
        <translation>Названная при&amp;чина</translation>
    </message>
    <message>
        <source>&amp;For supervisors only</source>
        <translation>&amp;Только для начальников</translation>
    </message>
    <message>
        <source>Encrypted when you close them: afterwards you cannot read them either.</source>
        <translation>При закрытии шифруются: потом их не прочтёте и вы.</translation>
    </message>
    <message>
        <source>Not possible yet: the key of the supervisors comes with the first contact with headquarters.</source>
        <translation>Пока нельзя: ключ начальников придёт с первой связью с центром.</translation>
    </message>
    <message>
        <source>Write at least one question and its answer.</source>
        <translation>Напишите хотя бы один вопрос и ответ.</translation>
    </message>
    <message>
        <source>Choose the language that was spoken.</source>
        <translation>Выберите язык, на котором говорили.</translation>
    </message>
    <message>
        <source>Choose whether the person signed the notes.</source>
        <translation>Выберите, подписал ли опрошенный запись.</translation>
    </message>
    <message>
        <source>Write why the person did not sign.</source>
        <translation>Напишите, почему подписи нет.</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Русский</translation>
    </message>
    <message>
        <source>Kazakh</source>
        <translation>Казахский</translation>
    </message>
    <message>
        <source>Kyrgyz</source>
        <translation>Киргизский</translation>
    </message>
    <message>
        <source>Uzbek</source>
        <translation>Узбекский</translation>
    </message>
    <message>
        <source>Tajik</source>
        <translation>Таджикский</translation>
    </message>
    <message>
        <source>Turkmen</source>
        <translation>Туркменский</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Английский</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Турецкий</translation>
    </message>
    <message>
        <source>Persian, Dari</source>
        <translation>Персидский, дари</translation>
    </message>
    <message>
        <source>Pashto</source>
        <translation>Пушту</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Китайский</translation>
    </message>
    <message>
        <source>Uyghur</source>
        <translation>Уйгурский</translation>
    </message>
    <message>
        <source>Mongolian</source>
        <translation>Монгольский</translation>
    </message>
    <message>
        <source>Another language</source>
        <translation>Другой язык</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>Вопросы и ответы</translation>
    </message>
</context>
<context>
    <name>ItemRow</name>
    <message>
        <source>{0}: what was noted</source>
        <translation>{0}: что записано</translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>F1 closes this list.</source>
        <translation>F1 закрывает этот список.</translation>
    </message>
    <message>
        <source>Next field, or open</source>
        <translation>Следующее поле или открыть</translation>
    </message>
    <message>
        <source>Next part of the screen</source>
        <translation>Следующая часть экрана</translation>
    </message>
    <message>
        <source>With an underlined letter: to that field</source>
        <translation>С подчёркнутой буквой: к этому полю</translation>
    </message>
    <message>
        <source>Back; nothing typed is lost</source>
        <translation>Назад; введённое не теряется</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>In force</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>What was not taken</source>
        <translation>Что не принято</translation>
    </message>
    <message>
        <source>Noticed on {0}.</source>
        <translation>Замечено {0}.</translation>
    </message>
    <message>
        <source>Version {0} stays in force.</source>
        <translation>Версия {0} остаётся в силе.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Содержание</translation>
    </message>
    <message>
        <source>Issued by headquarters</source>
        <translation>Издано центром</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Возраст</translation>
    </message>
    <message>
        <source>Headquarters&apos; limits</source>
        <translation>Пределы, заданные центром</translation>
    </message>
    <message>
        <source>fresh up to {0} hours, not current after {1} hours</source>
        <translation>свежий до {0} ч, неактуальный после {1} ч</translation>
    </message>
    <message>
        <source>Came here</source>
        <translation>Получено здесь</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Ожидает</translation>
    </message>
    <message>
        <source>version {0} is here and is being put into force</source>
        <translation>версия {0} получена и вводится в действие</translation>
    </message>
    <message>
        <source>Announced</source>
        <translation>Объявлено</translation>
    </message>
    <message>
        <source>version {0}, it is not here yet</source>
        <translation>версия {0}, её здесь ещё нет</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Проверки</translation>
    </message>
    <message>
        <source>go on; each records how old the list was</source>
        <translation>продолжаются; в каждой записано, насколько стар был список</translation>
    </message>
    <message>
        <source>The list in words</source>
        <translation>Список словами</translation>
    </message>
</context>
<context>
    <name>ListWords</name>
    <message>
        <source>fresh</source>
        <translation>свежий</translation>
    </message>
    <message>
        <source>old</source>
        <translation>старый</translation>
    </message>
    <message>
        <source>not current</source>
        <translation>неактуальный</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>отсутствует</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>действует</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>ещё нет</translation>
    </message>
    <message>
        <source>{0}, new one not taken</source>
        <translation>{0}, новый не принят</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n оповещение</numerusform>
            <numerusform>%n оповещения</numerusform>
            <numerusform>%n оповещений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n документ</numerusform>
            <numerusform>%n документа</numerusform>
            <numerusform>%n документов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n файл</numerusform>
            <numerusform>%n файла</numerusform>
            <numerusform>%n файлов</numerusform>
        </translation>
    </message>
    <message>
        <source>Call headquarters, and give them this sentence.</source>
        <translation>Позвоните в центр и передайте эту фразу.</translation>
    </message>
    <message>
        <source>What came is older than what has been here before ({role}). Somebody may be holding old lists up to this workstation.</source>
        <translation>Пришло более старое, чем уже было здесь ({role}). Возможно, кто-то подсовывает этому рабочему месту старые списки.</translation>
    </message>
    <message>
        <source>Headquarters tells of version {announced}, but what it signed reaches only to version {signed}. It is tried again by itself.</source>
        <translation>Центр сообщает о версии {announced}, но подписано только до версии {signed}. Попытка повторится сама.</translation>
    </message>
    <message>
        <source>{file} did not come along, so the signatures are not complete. It is tried again by itself; from a stick, have it written anew.</source>
        <translation>{file} не пришёл, подписи неполны. Попытка повторится сама; если с носителя, пусть его запишут заново.</translation>
    </message>
    <message>
        <source>Parts of different publications came together ({role}). It is tried again by itself; from a stick, have it written anew.</source>
        <translation>Смешаны части разных изданий ({role}). Попытка повторится сама; если с носителя, пусть его запишут заново.</translation>
    </message>
    <message>
        <source>{role} was not signed by those who may sign it. Somebody may be trying to slip a false list in.</source>
        <translation>{role}: подписано не теми, кто вправе подписывать. Возможно, кто-то пытается подсунуть ложный список.</translation>
    </message>
    <message>
        <source>The signature of {role} is no longer valid.</source>
        <translation>Подпись {role} больше не действует.</translation>
    </message>
    <message>
        <source>{role} is not what signed lists look like.</source>
        <translation>{role} не похоже на подписанные списки.</translation>
    </message>
    <message>
        <source>{file} is longer than what was signed, so it was broken off.</source>
        <translation>{file} длиннее подписанного, поэтому приём прерван.</translation>
    </message>
    <message>
        <source>{file} is not what was signed: it was altered or damaged on the way. It is tried again by itself; from a stick, have it written anew.</source>
        <translation>{file} не то, что было подписано: изменено или повреждено в пути. Попытка повторится сама; если с носителя, пусть его запишут заново.</translation>
    </message>
    <message>
        <source>{file} was signed, but it is not there. It is tried again by itself; from a stick, have it written anew.</source>
        <translation>{file} подписан, но его нет. Попытка повторится сама; если с носителя, пусть его запишут заново.</translation>
    </message>
    <message>
        <source>{file} cannot be decrypted here.</source>
        <translation>{file} здесь не расшифровывается.</translation>
    </message>
    <message>
        <source>This version of the program cannot read {file}. Install the newest version.</source>
        <translation>Эта версия программы не читает {file}. Установите новейшую.</translation>
    </message>
    <message>
        <source>{file} did not give the list that was signed. The whole list is fetched instead.</source>
        <translation>{file} не дал того списка, который подписан. Вместо этого загружается весь список.</translation>
    </message>
    <message>
        <source>{file} changes another version than the one here. The whole list is fetched instead.</source>
        <translation>{file} изменяет другую версию, не здешнюю. Вместо этого загружается весь список.</translation>
    </message>
    <message>
        <source>{file} names one alert twice.</source>
        <translation>{file} называет одно оповещение дважды.</translation>
    </message>
    <message>
        <source>This workstation has not been given the key to it. It comes with a contact over the line; if it does not, call headquarters.</source>
        <translation>Этому рабочему месту не дан ключ. Он приходит при связи; если не придёт, позвоните в центр.</translation>
    </message>
    <message>
        <source>The disk is too full: {needed} bytes are needed. Free some space; it is tried again by itself.</source>
        <translation>Диск переполнен: нужно {needed} байт. Освободите место; попытка повторится сама.</translation>
    </message>
    <message>
        <source>A file could not be read or written: {why}.</source>
        <translation>Файл не удалось прочитать или записать: {why}.</translation>
    </message>
    <message>
        <source>What it brings is older than what is here, so nothing was taken from it.</source>
        <translation>Там более старое, чем здесь, поэтому ничего не взято.</translation>
    </message>
    <message>
        <source>There are no lists of headquarters in this folder. Choose the folder that holds them, or have the stick written anew.</source>
        <translation>В этой папке нет списков центра. Выберите папку с ними или попросите записать носитель заново.</translation>
    </message>
</context>
<context>
    <name>ListsScreen</name>
    <message>
        <source>Lists</source>
        <translation>Списки</translation>
    </message>
    <message>
        <source>Nothing has come from headquarters yet.</source>
        <translation>Из центра ещё ничего не пришло.</translation>
    </message>
    <message>
        <source>Crossings compared again</source>
        <translation>Пересечения, сверенные заново</translation>
    </message>
    <message>
        <source>Look for new lists now</source>
        <translation>Проверить новые списки</translation>
    </message>
    <message>
        <source>Read a stick</source>
        <translation>Прочитать носитель</translation>
    </message>
    <message>
        <source>Write what waits to a stick</source>
        <translation>Записать ожидающее на носитель</translation>
    </message>
    <message>
        <source>Lists and answers from a stick</source>
        <translation>Списки и ответы с носителя</translation>
    </message>
    <message>
        <source>Headquarters&apos; own signatures are checked, whoever carried the stick. What is older than what is here is not taken.</source>
        <translation>Подписи самого центра проверяются, кто бы ни привёз носитель. Более старое, чем здесь, не берётся.</translation>
    </message>
    <message>
        <source>Bring them here</source>
        <translation>Взять сюда</translation>
    </message>
    <message>
        <source>Records to a stick</source>
        <translation>Записи на носитель</translation>
    </message>
    <message>
        <source>What waits is written encrypted: only the centre can read it. It also stays here, and waits until the centre has answered.</source>
        <translation>Ожидающее записывается зашифрованным: прочитать его может только центр. Оно остаётся и здесь и ждёт ответа центра.</translation>
    </message>
    <message>
        <source>Write them</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Headquarters was last asked on {0}.</source>
        <translation>Последний запрос в центр: {0}.</translation>
    </message>
    <message>
        <source>Headquarters has not been asked yet.</source>
        <translation>Запроса в центр ещё не было.</translation>
    </message>
    <message>
        <source>Headquarters has signed nothing new since {0}, although it was asked. If this goes on, call headquarters: somebody may be holding newer lists back.</source>
        <translation>Центр не подписал ничего нового с {0}, хотя запросы были. Если так продолжится, позвоните в центр: возможно, кто-то задерживает новые списки.</translation>
    </message>
    <message numerus="yes">
        <source>Crossings of the last %n day(s) compared with these lists: {0} of {1}</source>
        <translation>
            <numerusform>Пересечения за последний %n день, сверенные с этими списками: {0} из {1}</numerusform>
            <numerusform>Пересечения за последние %n дня, сверенные с этими списками: {0} из {1}</numerusform>
            <numerusform>Пересечения за последние %n дней, сверенные с этими списками: {0} из {1}</numerusform>
        </translation>
    </message>
    <message>
        <source>Headquarters is being asked. What is new appears here by itself.</source>
        <translation>Идёт запрос в центр. Новое появится здесь само.</translation>
    </message>
    <message>
        <source>Looking at the stick …</source>
        <translation>Просматривается носитель …</translation>
    </message>
    <message>
        <source>Writing to the stick …</source>
        <translation>Запись на носитель …</translation>
    </message>
    <message>
        <source>Writing to the stick: {0} of {1} bundles</source>
        <translation>Запись на носитель: пакетов {0} из {1}</translation>
    </message>
    <message>
        <source>Bringing {0}: {1} of {2} MB</source>
        <translation>Загружается {0}: {1} из {2} МБ</translation>
    </message>
    <message>
        <source>{0}: version {1} is in force.</source>
        <translation>{0}: действует версия {1}.</translation>
    </message>
    <message>
        <source>{0}: version {1} is here and comes into force at the next sign-in.</source>
        <translation>{0}: версия {1} получена и вступит в силу при следующем входе.</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Список</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Возраст</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Содержание</translation>
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
        <translation>Имя, номер документа, номерной знак, гражданство</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>No check fits. Widen the search or the days.</source>
        <translation>Ничего не подходит. Расширьте поиск или дни.</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Предыдущая страница</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Следующая страница</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Whoever opens a record says why; the reason is recorded.</source>
        <translation>Кто открывает запись, называет причину; она записывается.</translation>
    </message>
    <message>
        <source>&amp;Why do you open it?</source>
        <translation>&amp;Почему вы её открываете?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открытые</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s)</source>
        <translation>
            <numerusform>%n проверка</numerusform>
            <numerusform>%n проверки</numerusform>
            <numerusform>%n проверок</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}: {1} to {2}</source>
        <translation>{0}: {1}–{2}</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Последние 7 дней</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>Все дни</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Сначала новые</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Сначала старые</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Поиск</translation>
    </message>
    <message>
        <source>Da&amp;ys</source>
        <translation>&amp;Дни</translation>
    </message>
    <message>
        <source>&amp;Direction</source>
        <translation>&amp;Направление</translation>
    </message>
    <message>
        <source>D&amp;ecision</source>
        <translation>Р&amp;ешение</translation>
    </message>
    <message>
        <source>S&amp;tate</source>
        <translation>&amp;Состояние</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>П&amp;орядок</translation>
    </message>
</context>
<context>
    <name>MrzField</name>
    <message>
        <source>Read a document, or type or paste its machine-readable zone</source>
        <translation>Прочитайте документ или введите его машиносчитываемую зону</translation>
    </message>
    <message>
        <source>Machine-readable zone</source>
        <translation>Машиносчитываемая зона</translation>
    </message>
    <message>
        <source>no lines yet</source>
        <translation>строк пока нет</translation>
    </message>
    <message>
        <source>Nothing was read. Read the document again.</source>
        <translation>Ничего не прочитано. Прочитайте документ ещё раз.</translation>
    </message>
    <message>
        <source>Line {0} has {1} characters, {2} are needed. Correct it, or read the document again.</source>
        <translation>В строке {0} знаков: {1}, нужно {2}. Исправьте её или прочитайте документ ещё раз.</translation>
    </message>
    <message>
        <source>A machine-readable zone has two or three lines. Read the document again.</source>
        <translation>В машиносчитываемой зоне две или три строки. Прочитайте документ ещё раз.</translation>
    </message>
    <message>
        <source>This is no machine-readable zone. Read the document again.</source>
        <translation>Это не машиносчитываемая зона. Прочитайте документ ещё раз.</translation>
    </message>
</context>
<context>
    <name>MrzWords</name>
    <message>
        <source>Check digit does not fit: compare.</source>
        <translation>Контрольная цифра не сходится: сверьте.</translation>
    </message>
    <message>
        <source>“{0}” cannot stand here. Compare with the document.</source>
        <translation>«{0}» здесь стоять не может. Сверьте с документом.</translation>
    </message>
    <message>
        <source>Not in the zone. Write it as the document says.</source>
        <translation>В зоне этого нет. Введите, как в документе.</translation>
    </message>
    <message>
        <source>“{0}” is no date. Compare with the document.</source>
        <translation>«{0}» не дата. Сверьте с документом.</translation>
    </message>
    <message>
        <source>“{0}” is no State code we know. Compare with the document.</source>
        <translation>Код государства «{0}» неизвестен. Сверьте с документом.</translation>
    </message>
    <message>
        <source>The fillers between the names look misread. Compare them.</source>
        <translation>Заполнители между именами, похоже, прочитаны неверно. Сверьте.</translation>
    </message>
    <message>
        <source>“{0}” is no kind of document. Compare with the document.</source>
        <translation>Вида документа «{0}» нет. Сверьте с документом.</translation>
    </message>
    <message>
        <source>Compare this with the document.</source>
        <translation>Сверьте это с документом.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Birth</source>
        <translation>Рождение</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Доп.</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>Общая</translation>
    </message>
</context>
<context>
    <name>OfficersScreen</name>
    <message>
        <source>Officers of this workstation</source>
        <translation>Сотрудники этого рабочего места</translation>
    </message>
    <message>
        <source>Nobody has a slot here.</source>
        <translation>Здесь ни у кого нет доступа.</translation>
    </message>
    <message>
        <source>&amp;Why he leaves</source>
        <translation>&amp;Почему он уходит</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Yes, let him in no more</source>
        <translation>Да, больше не впускать</translation>
    </message>
    <message>
        <source>Remove {0}? He is let in no more, at once.</source>
        <translation>Убрать {0}? Его больше не впустят, сразу.</translation>
    </message>
    <message>
        <source>{0} is let in no more. The files are given a new key at the next sign-in.</source>
        <translation>{0} больше не впускается. При следующем входе файлы получат новый ключ.</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>Служебный номер</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>By headquarters&apos; list</source>
        <translation>По списку центра</translation>
    </message>
    <message>
        <source>left; kept, because nobody else could open this workstation</source>
        <translation>ушёл; оставлен, иначе рабочее место никто не откроет</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>отстранён</translation>
    </message>
    <message>
        <source>left; removed at the next sign-in</source>
        <translation>ушёл; убирается при следующем входе</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>What he recorded stays. Nobody removes himself: so one remains.</source>
        <translation>Внесённое им остаётся. Себя не убирает никто: один всегда останется.</translation>
    </message>
</context>
<context>
    <name>OpinionPanel</name>
    <message>
        <source>Record the opinion</source>
        <translation>Записать мнение</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>Мнение</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>При&amp;мечание</translation>
    </message>
    <message>
        <source>Officer {0} says: {1} ({2})</source>
        <translation>Сотрудник {0}: {1} ({2})</translation>
    </message>
</context>
<context>
    <name>OptionButton</name>
    <message>
        <source>Key {0}</source>
        <translation>Клавиша {0}</translation>
    </message>
</context>
<context>
    <name>OutcomePanel</name>
    <message>
        <source>Outcome</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>&amp;Comment for the booth</source>
        <translation>При&amp;мечание для кабины</translation>
    </message>
    <message>
        <source>Send the outcome</source>
        <translation>Отправить итог</translation>
    </message>
    <message>
        <source>Choose an outcome by its number.</source>
        <translation>Выберите итог по номеру.</translation>
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
        <translation>Обзор</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Списки</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>First line</source>
        <translation>Первая линия</translation>
    </message>
    <message>
        <source>Second line</source>
        <translation>Вторая линия</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Совпадения</translation>
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
        <translation>Возможно, прочитано неверно. Сверьте с документом:</translation>
    </message>
    <message>
        <source>{1}, not {0}</source>
        <translation>{1}, а не {0}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Places</source>
        <translation>Места работы</translation>
    </message>
</context>
<context>
    <name>ReasonPanel</name>
    <message>
        <source>choose</source>
        <translation>выберите</translation>
    </message>
    <message>
        <source>&amp;Note, such as a file number</source>
        <translation>При&amp;мечание, например номер дела</translation>
    </message>
</context>
<context>
    <name>RecordPane</name>
    <message>
        <source>Record</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>officer {0}</source>
        <translation>сотрудник {0}</translation>
    </message>
    <message>
        <source>workstation {0}</source>
        <translation>рабочее место {0}</translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation>запись {0}</translation>
    </message>
    <message>
        <source>Taken back at {0}</source>
        <translation>Отозвана в {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n correction(s)</source>
        <translation>
            <numerusform>%n исправление</numerusform>
            <numerusform>%n исправления</numerusform>
            <numerusform>%n исправлений</numerusform>
        </translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Лицо</translation>
    </message>
    <message>
        <source>Crossing</source>
        <translation>Пересечение</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Исправление</translation>
    </message>
    <message>
        <source>{0}: was “{1}”, reads “{2}”</source>
        <translation>{0}: было «{1}», стало «{2}»</translation>
    </message>
    <message>
        <source>Referred to second line</source>
        <translation>Направлено на вторую линию</translation>
    </message>
    <message>
        <source>Outcome of second line</source>
        <translation>Итог второй линии</translation>
    </message>
    <message>
        <source>Interview</source>
        <translation>Опрос</translation>
    </message>
    <message>
        <source>addendum</source>
        <translation>дополнение</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>Обзоры</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>Кем открыто</translation>
    </message>
    <message>
        <source>{0}   (was {1})</source>
        <translation>{0}   (было {1})</translation>
    </message>
</context>
<context>
    <name>RecordScreen</name>
    <message>
        <source>Correct</source>
        <translation>Исправить</translation>
    </message>
    <message>
        <source>Back to the log</source>
        <translation>Назад в журнал</translation>
    </message>
</context>
<context>
    <name>ReferPanel</name>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>&amp;Comment for second line</source>
        <translation>При&amp;мечание для второй линии</translation>
    </message>
    <message>
        <source>Send to second line</source>
        <translation>Направить на вторую линию</translation>
    </message>
    <message>
        <source>Choose a reason by its number.</source>
        <translation>Выберите причину по номеру.</translation>
    </message>
</context>
<context>
    <name>RefusePanel</name>
    <message>
        <source>&amp;Comment</source>
        <translation>При&amp;мечание</translation>
    </message>
    <message>
        <source>Refuse entry</source>
        <translation>Отказать во въезде</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Record the report</source>
        <translation>Записать доклад</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Как</translation>
    </message>
    <message>
        <source>&amp;To whom</source>
        <translation>&amp;Кому</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>&amp;When</source>
        <translation>&amp;Когда</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Ответ</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>При&amp;мечание</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Review</source>
        <translation>Обзор</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Проверено</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>К обзору</translation>
    </message>
    <message>
        <source>Everything is reviewed.</source>
        <translation>Всё проверено.</translation>
    </message>
    <message>
        <source>&amp;Note to the author</source>
        <translation>&amp;Замечание автору</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Countersign</source>
        <translation>Заверить</translation>
    </message>
    <message>
        <source>{0} of {1} reviewed</source>
        <translation>Проверено {0} из {1}</translation>
    </message>
    <message>
        <source>Enter opens the record chosen</source>
        <translation>Enter открывает выбранную запись</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Сотрудник</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>taken back</source>
        <translation>отозвана</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>исправлена</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Рождение</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Гражд.</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Направление</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>What followed</source>
        <translation>Что было дальше</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Сотрудник</translation>
    </message>
</context>
<context>
    <name>SecondLineScreen</name>
    <message>
        <source>Waiting for second line</source>
        <translation>Ожидают вторую линию</translation>
    </message>
    <message>
        <source>This referral is no longer here.</source>
        <translation>Этого направления здесь больше нет.</translation>
    </message>
    <message>
        <source>Sent to the booth: {0} · {1}</source>
        <translation>Отправлено в кабину: {0} · {1}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ожидает</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
            <numerusform>%n мин</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Рождение</translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation>Гражданство</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Referred by</source>
        <translation>Кем направлен</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>Кем открыто</translation>
    </message>
    <message>
        <source>Nobody waits. Referrals from the booths appear here by themselves.</source>
        <translation>Никто не ждёт. Направления из кабин появляются здесь сами.</translation>
    </message>
    <message>
        <source>Enter opens the case. That it was opened is recorded.</source>
        <translation>Enter открывает дело. То, что его открыли, записывается.</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Service &amp;number</source>
        <translation>Служебный &amp;номер</translation>
    </message>
    <message>
        <source>&amp;Pass-phrase</source>
        <translation>&amp;Парольная фраза</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Opening the encrypted file …</source>
        <translation>Открывается зашифрованный файл …</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Скрыть</translation>
    </message>
    <message>
        <source>Latin letters</source>
        <translation>Латинские буквы</translation>
    </message>
    <message>
        <source>Cyrillic letters</source>
        <translation>Кириллица</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Включён Caps Lock</translation>
    </message>
    <message>
        <source>Checkpoint Client</source>
        <translation>Checkpoint Client</translation>
    </message>
    <message>
        <source>Demonstration: invented people and their pass-phrases</source>
        <translation>Демонстрация: вымышленные люди и их парольные фразы</translation>
    </message>
</context>
<context>
    <name>StageWords</name>
    <message>
        <source>Setting up a central server …</source>
        <translation>Готовится центральный сервер …</translation>
    </message>
    <message>
        <source>Publishing a watch-list …</source>
        <translation>Публикуется контрольный список …</translation>
    </message>
    <message>
        <source>Enrolling this workstation …</source>
        <translation>Регистрируется рабочее место …</translation>
    </message>
    <message>
        <source>Letting the staff in …</source>
        <translation>Добавляются сотрудники …</translation>
    </message>
    <message>
        <source>Recording the days before …</source>
        <translation>Записываются прошедшие дни …</translation>
    </message>
    <message>
        <source>Ready.</source>
        <translation>Готово.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Line not tried yet</source>
        <translation>Связь ещё не проверена</translation>
    </message>
    <message>
        <source>Version {0}</source>
        <translation>Версия {0}</translation>
    </message>
    <message>
        <source>State of the workstation</source>
        <translation>Состояние рабочего места</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Связь есть</translation>
    </message>
    <message>
        <source>Offline since {0}</source>
        <translation>Нет связи с {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) waiting</source>
        <translation>
            <numerusform>ожидает %n проверка</numerusform>
            <numerusform>ожидают %n проверки</numerusform>
            <numerusform>ожидают %n проверок</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>не было</translation>
    </message>
    <message>
        <source>Last contact with the centre: {0}</source>
        <translation>Последняя связь с центром: {0}</translation>
    </message>
    <message>
        <source>{0}: missing</source>
        <translation>{0}: нет</translation>
    </message>
</context>
<context>
    <name>StickPanel</name>
    <message>
        <source>F&amp;older of the stick</source>
        <translation>&amp;Папка носителя</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Не надо</translation>
    </message>
</context>
<context>
    <name>StickWords</name>
    <message>
        <source>{0} bundle(s) are on the stick and good, {1} are not.</source>
        <translation>Пакетов на носителе исправных: {0}, неисправных: {1}.</translation>
    </message>
    <message>
        <source>Nothing waits, so nothing was written.</source>
        <translation>Ничего не ждёт, поэтому ничего не записано.</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) are on the stick, encrypted, read back and found good. They count as waiting until the centre&apos;s answer comes back on a stick or over the line.</source>
        <translation>
            <numerusform>%n запись на носителе, зашифрована, прочитана обратно и исправна. Она считается ожидающей, пока ответ центра не вернётся на носителе или по связи.</numerusform>
            <numerusform>%n записи на носителе, зашифрованы, прочитаны обратно и исправны. Они считаются ожидающими, пока ответ центра не вернётся на носителе или по связи.</numerusform>
            <numerusform>%n записей на носителе, зашифрованы, прочитаны обратно и исправны. Они считаются ожидающими, пока ответ центра не вернётся на носителе или по связи.</numerusform>
        </translation>
    </message>
    <message>
        <source>The centre was given two different entries at position {0} and keeps both. Call headquarters.</source>
        <translation>Центр получил две разные записи на месте {0} и хранит обе. Позвоните в центр.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) for other workstations stay on it.</source>
        <translation>
            <numerusform>На нём остаётся %n ответ для других рабочих мест.</numerusform>
            <numerusform>На нём остаются %n ответа для других рабочих мест.</numerusform>
            <numerusform>На нём остаются %n ответов для других рабочих мест.</numerusform>
        </translation>
    </message>
    <message>
        <source>The centre holds the first {0} records of this workstation.</source>
        <translation>В центре первые записи этого рабочего места: {0}.</translation>
    </message>
    <message>
        <source>The centre&apos;s answer is older than what is known here: nothing changes.</source>
        <translation>Ответ центра старее того, что здесь известно: ничего не меняется.</translation>
    </message>
    <message>
        <source>The centre came back from a backup and holds {0} records: the rest is sent again.</source>
        <translation>Центр восстановлен из копии и имеет записей: {0}; остальное отправляется заново.</translation>
    </message>
    <message>
        <source>The centre holds the first {0} records: they count as received from the next sign-in on.</source>
        <translation>В центре первые записи: {0}; со следующего входа они считаются принятыми.</translation>
    </message>
    <message>
        <source>The centre holds records that are not here any more: these were put back from a backup. Nothing is lost, and work goes on in a new journal.</source>
        <translation>В центре есть записи, которых здесь больше нет: здешние возвращены из копии. Ничего не потеряно, работа продолжается в новом журнале.</translation>
    </message>
    <message>
        <source>The centre&apos;s answer is on an earlier journal of this workstation: nothing changes.</source>
        <translation>Ответ центра относится к прежнему журналу этого рабочего места: ничего не меняется.</translation>
    </message>
    <message>
        <source>This folder is not there. Put the stick in, and choose its folder.</source>
        <translation>Такой папки нет. Вставьте носитель и выберите его папку.</translation>
    </message>
    <message>
        <source>What is called checkpoint-bundles on this stick is no folder of ours. Remove it, or take another stick.</source>
        <translation>То, что на этом носителе называется checkpoint-bundles, не наша папка. Удалите её или возьмите другой носитель.</translation>
    </message>
    <message>
        <source>There are far too many files on this stick. Take another one.</source>
        <translation>На этом носителе слишком много файлов. Возьмите другой.</translation>
    </message>
    <message>
        <source>The stick is full. Take another one for the rest.</source>
        <translation>Носитель заполнен. Для остального возьмите другой.</translation>
    </message>
    <message>
        <source>The stick is write-protected. Take its lock off, or take another one.</source>
        <translation>Носитель защищён от записи. Снимите защиту или возьмите другой.</translation>
    </message>
    <message>
        <source>The stick is gone. Put it in and begin again: nothing was lost here.</source>
        <translation>Носитель вынут. Вставьте его и начните снова: здесь ничего не потеряно.</translation>
    </message>
    <message>
        <source>The stick does not give back what was written to it. Take another one.</source>
        <translation>Носитель не возвращает записанного. Возьмите другой.</translation>
    </message>
    <message>
        <source>The stick cannot be used ({0}). Take another one.</source>
        <translation>Носитель непригоден ({0}). Возьмите другой.</translation>
    </message>
    <message>
        <source>not taken, it is a link, a folder or a device.</source>
        <translation>не принято: это ссылка, папка или устройство.</translation>
    </message>
    <message>
        <source>not taken, it is larger than any answer of the centre.</source>
        <translation>не принято: больше любого ответа центра.</translation>
    </message>
    <message>
        <source>not taken, it was cut or is no answer of the centre.</source>
        <translation>не принято: обрезано или не является ответом центра.</translation>
    </message>
    <message>
        <source>not taken, it was encrypted for somebody else or altered.</source>
        <translation>не принято: зашифровано для другого или изменено.</translation>
    </message>
    <message>
        <source>not taken, the centre did not sign it. Somebody may be trying to make records look received. Call headquarters.</source>
        <translation>не принято: не подписано центром. Возможно, кто-то пытается выдать записи за принятые. Позвоните в центр.</translation>
    </message>
    <message>
        <source>not taken, it is the answer to another workstation under this one&apos;s name. Call headquarters.</source>
        <translation>не принято: ответ другому рабочему месту под именем этого. Позвоните в центр.</translation>
    </message>
    <message>
        <source>not taken, it is of another service.</source>
        <translation>не принято: от другой службы.</translation>
    </message>
    <message>
        <source>not taken, its workstation is not known.</source>
        <translation>не принято: рабочее место неизвестно.</translation>
    </message>
    <message>
        <source>not taken, the stick does not give it out.</source>
        <translation>не принято: носитель этого не отдаёт.</translation>
    </message>
</context>
<context>
    <name>TakingIn</name>
    <message>
        <source>Attach</source>
        <translation>Приложить</translation>
    </message>
</context>
<context>
    <name>Track</name>
    <message>
        <source>done</source>
        <translation>сделано</translation>
    </message>
    <message>
        <source>next</source>
        <translation>далее</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Найдено</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Вывод</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Второе лицо</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Меры</translation>
    </message>
    <message>
        <source>Owner told</source>
        <translation>Инициатору сообщено</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыто</translation>
    </message>
</context>
<context>
    <name>TravellerForm</name>
    <message>
        <source>Ask in passing where the traveller is going, why and with whom.</source>
        <translation>Спросите между прочим, куда, зачем и с кем едет проверяемое лицо.</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Вручную</translation>
    </message>
    <message>
        <source>Enter a document by hand</source>
        <translation>Ввести документ вручную</translation>
    </message>
    <message>
        <source>Take the document away</source>
        <translation>Убрать документ</translation>
    </message>
    <message>
        <source>Read a document, enter one with F4, or say here why there is none.</source>
        <translation>Прочитайте документ, введите его клавишей F4 или укажите здесь, почему его нет.</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выберите</translation>
    </message>
    <message>
        <source>has a document</source>
        <translation>документ есть</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Issuing State</source>
        <translation>Государство выдачи</translation>
    </message>
    <message>
        <source>Document &amp;number</source>
        <translation>Номер &amp;документа</translation>
    </message>
    <message>
        <source>Valid &amp;until</source>
        <translation>Действителен &amp;до</translation>
    </message>
    <message>
        <source>Wh&amp;y there is no document</source>
        <translation>Почему документа &amp;нет</translation>
    </message>
    <message>
        <source>&amp;Surname</source>
        <translation>&amp;Фамилия</translation>
    </message>
    <message>
        <source>&amp;Given names</source>
        <translation>&amp;Имя</translation>
    </message>
    <message>
        <source>Patronymic</source>
        <translation>Отчество</translation>
    </message>
    <message>
        <source>&amp;Born</source>
        <translation>&amp;Рождение</translation>
    </message>
    <message>
        <source>Se&amp;x</source>
        <translation>&amp;Пол</translation>
    </message>
    <message>
        <source>Nati&amp;onality</source>
        <translation>&amp;Гражданство</translation>
    </message>
    <message>
        <source>Personal number</source>
        <translation>Личный номер</translation>
    </message>
    <message>
        <source>Name in own script</source>
        <translation>Имя родным письмом</translation>
    </message>
    <message>
        <source>&amp;Purpose</source>
        <translation>&amp;Цель</translation>
    </message>
    <message>
        <source>Bas&amp;is</source>
        <translation>&amp;Основание</translation>
    </message>
    <message>
        <source>&amp;Destination</source>
        <translation>К&amp;уда</translation>
    </message>
    <message>
        <source>Travels wit&amp;h</source>
        <translation>Едет &amp;с кем</translation>
    </message>
    <message>
        <source>Di&amp;rection</source>
        <translation>Направ&amp;ление</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>Спосо&amp;б</translation>
    </message>
    <message>
        <source>&amp;Lane</source>
        <translation>Полос&amp;а</translation>
    </message>
    <message>
        <source>Plat&amp;e</source>
        <translation>Номерной &amp;знак</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Страна</translation>
    </message>
    <message>
        <source>&amp;Vehicle</source>
        <translation>&amp;Транспорт</translation>
    </message>
    <message>
        <source>VIN</source>
        <translation>VIN</translation>
    </message>
    <message>
        <source>Rou&amp;te</source>
        <translation>&amp;Маршрут</translation>
    </message>
    <message>
        <source>Re&amp;marks</source>
        <translation>Зам&amp;ечания</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>Put away</source>
        <translation>Убрать</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Wrong pass-phrase. Before the next try you have to wait.</source>
        <translation>Неверная парольная фраза. Перед следующей попыткой нужно подождать.</translation>
    </message>
    <message numerus="yes">
        <source>Wrong pass-phrase. %n more may be tried at once.</source>
        <translation>
            <numerusform>Неверная парольная фраза. Сразу можно сделать ещё %n попытку.</numerusform>
            <numerusform>Неверная парольная фраза. Сразу можно сделать ещё %n попытки.</numerusform>
            <numerusform>Неверная парольная фраза. Сразу можно сделать ещё %n попыток.</numerusform>
        </translation>
    </message>
    <message>
        <source>Too many wrong pass-phrases. Try again after {0}.</source>
        <translation>Слишком много неверных парольных фраз. Повторите после {0}.</translation>
    </message>
    <message>
        <source>This service number is not known here. A supervisor can add it.</source>
        <translation>Этот служебный номер здесь неизвестен. Его может добавить начальник смены.</translation>
    </message>
    <message>
        <source>By headquarters&apos; list this officer is not in service. Ask your supervisor.</source>
        <translation>По списку центра этот сотрудник не на службе. Обратитесь к начальнику смены.</translation>
    </message>
    <message>
        <source>The list of officers is older than these records. Put the newest one back, or ask headquarters.</source>
        <translation>Список сотрудников старше этих записей. Верните самый новый или обратитесь в центр.</translation>
    </message>
    <message>
        <source>The disk could not be read or written, so nothing was recorded. See that it is in place and has room, then try again. What was shown as recorded is safe.</source>
        <translation>Диск не удалось прочитать или записать, поэтому ничего не записано. Проверьте, что он на месте и на нём есть место, и повторите. То, что показано как записанное, сохранено.</translation>
    </message>
    <message>
        <source>Another program is writing into the records just now. Nothing was recorded; try again.</source>
        <translation>Сейчас в записи пишет другая программа. Ничего не записано; повторите.</translation>
    </message>
    <message>
        <source>The records&apos; file cannot be opened or written: see that its folder is there and that this account may write in it.</source>
        <translation>Файл записей не открывается или недоступен для записи: проверьте, что папка на месте и у этой учётной записи есть право записи в неё.</translation>
    </message>
    <message>
        <source>The file {0} was made on another machine. Put it back from the newest backup, or ask headquarters.</source>
        <translation>Файл {0} создан на другом компьютере. Верните его из новейшей копии или обратитесь в центр.</translation>
    </message>
    <message>
        <source>The file {0} is missing or damaged. Put it back from the newest backup, or ask headquarters.</source>
        <translation>Файл {0} отсутствует или повреждён. Верните его из новейшей копии или обратитесь в центр.</translation>
    </message>
    <message>
        <source>A newer version of the program wrote these files. Install that version here.</source>
        <translation>Эти файлы записаны более новой версией программы. Установите её здесь.</translation>
    </message>
    <message>
        <source>The disk is full: nothing more can be recorded. Free some space, then try again. What was shown as recorded is safe.</source>
        <translation>Диск заполнен: больше ничего нельзя записать. Освободите место и повторите. Показанное как записанное сохранено.</translation>
    </message>
    <message>
        <source>The records&apos; file cannot be opened with this workstation&apos;s key. Nothing was changed; call your IT staff.</source>
        <translation>Файл записей не открывается ключом этого рабочего места. Ничего не изменено; обратитесь к ИТ-специалистам.</translation>
    </message>
    <message>
        <source>The records&apos; file is damaged. Stop work on this workstation and call your IT staff.</source>
        <translation>Файл записей повреждён. Прекратите работу на этом месте и обратитесь к ИТ-специалистам.</translation>
    </message>
    <message>
        <source>A file cannot be read or written ({0}). Call your IT staff.</source>
        <translation>Файл не читается или не записывается ({0}). Обратитесь к ИТ-специалистам.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Ваша роль этого не позволяет.</translation>
    </message>
    <message>
        <source>Something went wrong in the program itself. What was shown as recorded is safe; you can go on. Tell your IT staff: {0}</source>
        <translation>Ошибка в самой программе. Показанное как записанное сохранено; можно продолжать. Сообщите ИТ-специалистам: {0}</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>Record the verdict</source>
        <translation>Записать вывод</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Вывод</translation>
    </message>
    <message>
        <source>a colleague will say</source>
        <translation>скажет коллега</translation>
    </message>
    <message>
        <source>Nobody &amp;else is here</source>
        <translation>&amp;Больше никого нет</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>При&amp;мечание</translation>
    </message>
    <message>
        <source>A second person must agree. If nobody is here, say why: it is reviewed.</source>
        <translation>Нужно согласие второго лица. Если никого нет, укажите почему: это проверят.</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>The attachment</source>
        <translation>Приложение</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>В полный размер</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Выгрузить</translation>
    </message>
    <message>
        <source>Choose a folder and export</source>
        <translation>Выбрать папку и выгрузить</translation>
    </message>
    <message>
        <source>This picture cannot be drawn: its content is damaged.</source>
        <translation>Снимок нельзя показать: содержимое повреждено.</translation>
    </message>
    <message>
        <source>A PDF cannot be shown in this window.</source>
        <translation>PDF в этом окне не показывается.</translation>
    </message>
    <message>
        <source>It can be exported, with a reason, and opened elsewhere.</source>
        <translation>Его можно выгрузить, указав причину, и открыть в другом месте.</translation>
    </message>
    <message>
        <source>Once the notes are closed, it can be exported from the log.</source>
        <translation>Когда запись опроса закрыта, его можно выгрузить из журнала.</translation>
    </message>
    <message>
        <source>Written. The file is readable for anybody: that you exported it is recorded.</source>
        <translation>Записано. Файл может прочесть любой: ваша выгрузка внесена в журнал.</translation>
    </message>
    <message>
        <source>Whoever exports says why; the reason is recorded before it is written.</source>
        <translation>Кто выгружает, говорит зачем; причина вносится в журнал до записи файла.</translation>
    </message>
    <message>
        <source>&amp;Why do you export it?</source>
        <translation>&amp;Зачем вы его выгружаете?</translation>
    </message>
</context>
<context>
    <name>Viewing</name>
    <message>
        <source>Export into this folder</source>
        <translation>Выгрузить в эту папку</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Show the keys</source>
        <translation>Показать клавиши</translation>
    </message>
    <message>
        <source>Sign out: the shift is over</source>
        <translation>Выйти: смена окончена</translation>
    </message>
    <message>
        <source>lane {0}</source>
        <translation>полоса {0}</translation>
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
        <translation>Исправьте это поле ({0}).</translation>
    </message>
    <message>
        <source>less than an hour old</source>
        <translation>менее часа назад</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) old</source>
        <translation>
            <numerusform>%n час назад</numerusform>
            <numerusform>%n часа назад</numerusform>
            <numerusform>%n часов назад</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) old</source>
        <translation>
            <numerusform>%n день назад</numerusform>
            <numerusform>%n дня назад</numerusform>
            <numerusform>%n дней назад</numerusform>
        </translation>
    </message>
    <message>
        <source>Watch-list</source>
        <translation>Контрольный список</translation>
    </message>
    <message>
        <source>Lost documents</source>
        <translation>Утраченные документы</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Правила</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Шаблоны</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Программы</translation>
    </message>
    <message>
        <source>Headquarters has ordered this workstation to be wiped. What was recorded here and not sent yet goes to headquarters first: one officer signs in once more, then nobody. Work on at another workstation.</source>
        <translation>Центр распорядился очистить это рабочее место. Сначала всё записанное и ещё не отправленное передаётся в центр: один сотрудник входит ещё раз, потом никто. Работайте на другом рабочем месте.</translation>
    </message>
    <message>
        <source>Headquarters has ordered this workstation to be wiped: nobody signs in here any more. What was recorded is kept for headquarters. Work on at another workstation and call headquarters.</source>
        <translation>Центр распорядился очистить это рабочее место: войти здесь больше нельзя. Записанное сохранено для центра. Работайте на другом рабочем месте и позвоните в центр.</translation>
    </message>
    <message>
        <source>This workstation was wiped by order of headquarters: nobody signs in here any more. What was recorded is kept for headquarters. Work on at another workstation and call headquarters.</source>
        <translation>Это рабочее место очищено по распоряжению центра: войти здесь больше нельзя. Записанное сохранено для центра. Работайте на другом рабочем месте и позвоните в центр.</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Въезд</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Выезд</translation>
    </message>
    <message>
        <source>Transit, entry</source>
        <translation>Транзит, въезд</translation>
    </message>
    <message>
        <source>Transit, exit</source>
        <translation>Транзит, выезд</translation>
    </message>
    <message>
        <source>Returned by the neighbour</source>
        <translation>Возвращён соседней стороной</translation>
    </message>
    <message>
        <source>On foot</source>
        <translation>Пешком</translation>
    </message>
    <message>
        <source>Road</source>
        <translation>Автодорога</translation>
    </message>
    <message>
        <source>Rail</source>
        <translation>Железная дорога</translation>
    </message>
    <message>
        <source>Air</source>
        <translation>Воздух</translation>
    </message>
    <message>
        <source>Inland water</source>
        <translation>Внутренние воды</translation>
    </message>
    <message>
        <source>Tourism</source>
        <translation>Туризм</translation>
    </message>
    <message>
        <source>Private visit</source>
        <translation>Частная</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>Деловая</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Работа</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Учёба</translation>
    </message>
    <message>
        <source>Transit</source>
        <translation>Транзит</translation>
    </message>
    <message>
        <source>Medical treatment</source>
        <translation>Лечение</translation>
    </message>
    <message>
        <source>Official</source>
        <translation>Служебная</translation>
    </message>
    <message>
        <source>Crew or driver</source>
        <translation>Экипаж или водитель</translation>
    </message>
    <message>
        <source>Local border traffic</source>
        <translation>Приграничное передвижение</translation>
    </message>
    <message>
        <source>Return home</source>
        <translation>Возвращение домой</translation>
    </message>
    <message>
        <source>Asks for protection</source>
        <translation>Просит защиты</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Другое</translation>
    </message>
    <message>
        <source>Visa-free</source>
        <translation>Без визы</translation>
    </message>
    <message>
        <source>Visa</source>
        <translation>Виза</translation>
    </message>
    <message>
        <source>Electronic visa</source>
        <translation>Электронная виза</translation>
    </message>
    <message>
        <source>Visa at the border</source>
        <translation>Виза на границе</translation>
    </message>
    <message>
        <source>Residence permit</source>
        <translation>Вид на жительство</translation>
    </message>
    <message>
        <source>Bilateral agreement</source>
        <translation>Двустороннее соглашение</translation>
    </message>
    <message>
        <source>Diplomatic</source>
        <translation>Дипломатическое</translation>
    </message>
    <message>
        <source>Border-area resident</source>
        <translation>Житель приграничья</translation>
    </message>
    <message>
        <source>Refugee</source>
        <translation>Беженец</translation>
    </message>
    <message>
        <source>National</source>
        <translation>Свой гражданин</translation>
    </message>
    <message>
        <source>Minimum check</source>
        <translation>Минимальная проверка</translation>
    </message>
    <message>
        <source>Thorough check</source>
        <translation>Углублённая проверка</translation>
    </message>
    <message>
        <source>Relaxed check</source>
        <translation>Облегчённая проверка</translation>
    </message>
    <message>
        <source>Admitted</source>
        <translation>Пропущено</translation>
    </message>
    <message>
        <source>Referred</source>
        <translation>Направлено</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Отказано</translation>
    </message>
    <message>
        <source>Car</source>
        <translation>Легковая</translation>
    </message>
    <message>
        <source>Minibus</source>
        <translation>Микроавтобус</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>Автобус</translation>
    </message>
    <message>
        <source>Truck</source>
        <translation>Грузовая</translation>
    </message>
    <message>
        <source>Motorcycle</source>
        <translation>Мотоцикл</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Поезд</translation>
    </message>
    <message>
        <source>A  No valid travel document</source>
        <translation>A  Нет действительного проездного документа</translation>
    </message>
    <message>
        <source>B  False, counterfeit or forged travel document</source>
        <translation>B  Фальшивый, поддельный или подделанный проездной документ</translation>
    </message>
    <message>
        <source>C  No valid visa or residence permit</source>
        <translation>C  Нет действительной визы или вида на жительство</translation>
    </message>
    <message>
        <source>D  False, counterfeit or forged visa or permit</source>
        <translation>D  Фальшивая, поддельная или подделанная виза или разрешение</translation>
    </message>
    <message>
        <source>E  Purpose and conditions of stay not shown</source>
        <translation>E  Цель и условия пребывания не подтверждены</translation>
    </message>
    <message>
        <source>F  Permitted stay already used up</source>
        <translation>F  Разрешённый срок пребывания уже использован</translation>
    </message>
    <message>
        <source>G  Not enough means of subsistence</source>
        <translation>G  Недостаточно средств к существованию</translation>
    </message>
    <message>
        <source>H  An alert for refusing entry</source>
        <translation>H  Есть оповещение об отказе во въезде</translation>
    </message>
    <message>
        <source>I  A threat to public order, security or health</source>
        <translation>I  Угроза общественному порядку, безопасности или здоровью</translation>
    </message>
    <message>
        <source>National ground (write which)</source>
        <translation>Национальное основание (напишите какое)</translation>
    </message>
    <message>
        <source>Slip of the hand</source>
        <translation>Ошибка руки</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>Женский</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Мужской</translation>
    </message>
    <message>
        <source>Unspecified</source>
        <translation>Не указан</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>Паспорт</translation>
    </message>
    <message>
        <source>Identity card</source>
        <translation>Удостоверение личности</translation>
    </message>
    <message>
        <source>Refugee&apos;s travel document</source>
        <translation>Проездной документ беженца</translation>
    </message>
    <message>
        <source>Stateless person&apos;s travel document</source>
        <translation>Проездной документ лица без гражданства</translation>
    </message>
    <message>
        <source>Diplomatic passport</source>
        <translation>Дипломатический паспорт</translation>
    </message>
    <message>
        <source>Service passport</source>
        <translation>Служебный паспорт</translation>
    </message>
    <message>
        <source>Emergency travel document</source>
        <translation>Экстренный проездной документ</translation>
    </message>
    <message>
        <source>Laissez-passer</source>
        <translation>Пропуск (laissez-passer)</translation>
    </message>
    <message>
        <source>Seafarer&apos;s identity document</source>
        <translation>Удостоверение личности моряка</translation>
    </message>
    <message>
        <source>Crew member certificate</source>
        <translation>Свидетельство члена экипажа</translation>
    </message>
    <message>
        <source>Return certificate</source>
        <translation>Свидетельство на возвращение</translation>
    </message>
    <message>
        <source>Birth certificate</source>
        <translation>Свидетельство о рождении</translation>
    </message>
    <message>
        <source>Other document</source>
        <translation>Другой документ</translation>
    </message>
    <message>
        <source>Document reader</source>
        <translation>Считыватель документов</translation>
    </message>
    <message>
        <source>MRZ typed</source>
        <translation>МСЗ введена</translation>
    </message>
    <message>
        <source>MRZ pasted</source>
        <translation>МСЗ вставлена</translation>
    </message>
    <message>
        <source>Entered by hand</source>
        <translation>Введено вручную</translation>
    </message>
    <message>
        <source>From an earlier register</source>
        <translation>Из прежнего журнала</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Утерян</translation>
    </message>
    <message>
        <source>Stolen</source>
        <translation>Похищен</translation>
    </message>
    <message>
        <source>Left behind</source>
        <translation>Забыт</translation>
    </message>
    <message>
        <source>Taken away by others</source>
        <translation>Отобран другими</translation>
    </message>
    <message>
        <source>Child entered in a parent&apos;s document</source>
        <translation>Ребёнок вписан в документ родителя</translation>
    </message>
    <message>
        <source>Destroyed</source>
        <translation>Уничтожен</translation>
    </message>
    <message>
        <source>Other reason</source>
        <translation>Другая причина</translation>
    </message>
    <message>
        <source>Fresh</source>
        <translation>Свежий</translation>
    </message>
    <message>
        <source>Old</source>
        <translation>Устаревает</translation>
    </message>
    <message>
        <source>Not current</source>
        <translation>Неактуален</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Отсутствует</translation>
    </message>
    <message>
        <source>Doubt about the document</source>
        <translation>Сомнение в документе</translation>
    </message>
    <message>
        <source>Doubt about the identity</source>
        <translation>Сомнение в личности</translation>
    </message>
    <message>
        <source>Possible hit</source>
        <translation>Возможное совпадение со списком</translation>
    </message>
    <message>
        <source>Doubt about the purpose</source>
        <translation>Сомнение в цели поездки</translation>
    </message>
    <message>
        <source>Doubt about the stay</source>
        <translation>Сомнение в сроке пребывания</translation>
    </message>
    <message>
        <source>Signs of human trafficking</source>
        <translation>Признаки торговли людьми</translation>
    </message>
    <message>
        <source>Unaccompanied minor</source>
        <translation>Несовершеннолетний без сопровождения</translation>
    </message>
    <message>
        <source>No document</source>
        <translation>Нет документа</translation>
    </message>
    <message>
        <source>Refusal proposed</source>
        <translation>Предложен отказ</translation>
    </message>
    <message>
        <source>Second line</source>
        <translation>Вторая линия</translation>
    </message>
    <message>
        <source>Document fraud</source>
        <translation>Подделка документа</translation>
    </message>
    <message>
        <source>Human trafficking</source>
        <translation>Торговля людьми</translation>
    </message>
    <message>
        <source>Wish for protection</source>
        <translation>Желание получить защиту</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>Свидетель</translation>
    </message>
    <message>
        <source>Smuggling of migrants</source>
        <translation>Незаконный ввоз мигрантов</translation>
    </message>
    <message>
        <source>Customs</source>
        <translation>Таможня</translation>
    </message>
    <message>
        <source>Protection of a child</source>
        <translation>Защита ребёнка</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Подписано</translation>
    </message>
    <message>
        <source>Refused to sign</source>
        <translation>Отказ от подписи</translation>
    </message>
    <message>
        <source>Unable to sign</source>
        <translation>Не может подписать</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>Пропустить</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Отказать</translation>
    </message>
    <message>
        <source>Transfer to the police</source>
        <translation>Передать полиции</translation>
    </message>
    <message>
        <source>Transfer to victim support</source>
        <translation>Передать в службу помощи жертвам</translation>
    </message>
    <message>
        <source>Transfer to child protection</source>
        <translation>Передать органам защиты детей</translation>
    </message>
    <message>
        <source>Transfer to the asylum authority</source>
        <translation>Передать органу по делам беженцев</translation>
    </message>
    <message>
        <source>Transfer to medical care</source>
        <translation>Передать медикам</translation>
    </message>
    <message>
        <source>Transfer to customs</source>
        <translation>Передать таможне</translation>
    </message>
    <message>
        <source>For second line</source>
        <translation>Для второй линии</translation>
    </message>
    <message>
        <source>For supervisors only</source>
        <translation>Только для начальников</translation>
    </message>
    <message>
        <source>Closed for supervisors: only they can read the text.</source>
        <translation>Закрыто для начальников: текст читают только они.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открытые</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Второе лицо</translation>
    </message>
    <message>
        <source>To report</source>
        <translation>К докладу</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>К проверке</translation>
    </message>
    <message>
        <source>Only possible</source>
        <translation>Лишь возможные</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыто</translation>
    </message>
    <message>
        <source>All hits</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новое</translation>
    </message>
    <message>
        <source>Being looked at</source>
        <translation>Рассматривается</translation>
    </message>
    <message>
        <source>Waits for a second person</source>
        <translation>Ждёт второго лица</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Подтверждено</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>Не совпадает</translation>
    </message>
    <message>
        <source>Cannot be said</source>
        <translation>Не установлено</translation>
    </message>
    <message>
        <source>Action taken</source>
        <translation>Меры приняты</translation>
    </message>
    <message>
        <source>Owner told</source>
        <translation>Инициатору сообщено</translation>
    </message>
    <message>
        <source>Found at the check</source>
        <translation>Найдено при проверке</translation>
    </message>
    <message>
        <source>Found later</source>
        <translation>Найдено позже</translation>
    </message>
    <message>
        <source>same</source>
        <translation>совпадает</translation>
    </message>
    <message>
        <source>similar</source>
        <translation>похоже</translation>
    </message>
    <message>
        <source>different</source>
        <translation>различается</translation>
    </message>
    <message>
        <source>only one side</source>
        <translation>есть лишь у одного</translation>
    </message>
    <message>
        <source>Detained</source>
        <translation>Задержан</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Передан</translation>
    </message>
    <message>
        <source>Entry refused</source>
        <translation>Отказано во въезде</translation>
    </message>
    <message>
        <source>Exit refused</source>
        <translation>Отказано в выезде</translation>
    </message>
    <message>
        <source>Object seized</source>
        <translation>Предмет изъят</translation>
    </message>
    <message>
        <source>Document seized</source>
        <translation>Документ изъят</translation>
    </message>
    <message>
        <source>Placed under protection</source>
        <translation>Взят под защиту</translation>
    </message>
    <message>
        <source>Whereabouts noted</source>
        <translation>Местонахождение записано</translation>
    </message>
    <message>
        <source>Information collected</source>
        <translation>Сведения собраны</translation>
    </message>
    <message>
        <source>Interviewed</source>
        <translation>Опрошен</translation>
    </message>
    <message>
        <source>Searched</source>
        <translation>Досмотрен</translation>
    </message>
    <message>
        <source>Let go on</source>
        <translation>Пропущен дальше</translation>
    </message>
    <message>
        <source>Not possible (say why)</source>
        <translation>Невозможно (укажите почему)</translation>
    </message>
    <message>
        <source>Something else (say what)</source>
        <translation>Иное (укажите что)</translation>
    </message>
    <message>
        <source>By telephone</source>
        <translation>По телефону</translation>
    </message>
    <message>
        <source>By radio</source>
        <translation>По рации</translation>
    </message>
    <message>
        <source>By message</source>
        <translation>Сообщением</translation>
    </message>
    <message>
        <source>By courier</source>
        <translation>С курьером</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>Лично</translation>
    </message>
    <message>
        <source>Otherwise (say how)</source>
        <translation>Иначе (укажите как)</translation>
    </message>
    <message>
        <source>a  The person was located</source>
        <translation>a  Лицо обнаружено</translation>
    </message>
    <message>
        <source>b  Place, time and reason of the check</source>
        <translation>b  Место, время и причина проверки</translation>
    </message>
    <message>
        <source>c  Route and destination</source>
        <translation>c  Маршрут и место назначения</translation>
    </message>
    <message>
        <source>d  Companions and occupants</source>
        <translation>d  Спутники и пассажиры</translation>
    </message>
    <message>
        <source>e  Identity shown, description</source>
        <translation>e  Предъявленная личность, приметы</translation>
    </message>
    <message>
        <source>f  Vehicle or object used</source>
        <translation>f  Транспорт или предмет</translation>
    </message>
    <message>
        <source>g  Things and documents carried</source>
        <translation>g  Вещи и документы при себе</translation>
    </message>
    <message>
        <source>h  Circumstances</source>
        <translation>h  Обстоятельства</translation>
    </message>
    <message>
        <source>i  What else the alert asks for</source>
        <translation>i  Что ещё требует оповещение</translation>
    </message>
    <message>
        <source>Collected</source>
        <translation>Собрано</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Невозможно</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Не спрашивали</translation>
    </message>
    <message>
        <source>The owner has withdrawn the alert</source>
        <translation>Инициатор отозвал оповещение</translation>
    </message>
    <message>
        <source>The alert has expired</source>
        <translation>Срок оповещения истёк</translation>
    </message>
    <message>
        <source>The owner has changed the alert</source>
        <translation>Инициатор изменил оповещение</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>Совпадает</translation>
    </message>
    <message>
        <source>Cannot say</source>
        <translation>Не установлено</translation>
    </message>
    <message>
        <source>Same document</source>
        <translation>Тот же документ</translation>
    </message>
    <message>
        <source>Same personal number</source>
        <translation>Тот же личный номер</translation>
    </message>
    <message>
        <source>Same name and birth</source>
        <translation>Те же имя и рождение</translation>
    </message>
    <message>
        <source>Same face on the photograph</source>
        <translation>То же лицо на фотографии</translation>
    </message>
    <message>
        <source>Same fingerprints</source>
        <translation>Те же отпечатки пальцев</translation>
    </message>
    <message>
        <source>Same vehicle or object</source>
        <translation>Тот же транспорт или предмет</translation>
    </message>
    <message>
        <source>Says so himself</source>
        <translation>Говорит сам</translation>
    </message>
    <message>
        <source>The owner says yes</source>
        <translation>Инициатор подтвердил</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>Другое имя</translation>
    </message>
    <message>
        <source>Another date of birth</source>
        <translation>Другая дата рождения</translation>
    </message>
    <message>
        <source>Another sex</source>
        <translation>Другой пол</translation>
    </message>
    <message>
        <source>Another nationality</source>
        <translation>Другое гражданство</translation>
    </message>
    <message>
        <source>Another face on the photograph</source>
        <translation>Другое лицо на фотографии</translation>
    </message>
    <message>
        <source>Other fingerprints</source>
        <translation>Другие отпечатки пальцев</translation>
    </message>
    <message>
        <source>Other documents in the past</source>
        <translation>Другие документы в прошлом</translation>
    </message>
    <message>
        <source>Another vehicle or object</source>
        <translation>Другой транспорт или предмет</translation>
    </message>
    <message>
        <source>The owner says no</source>
        <translation>Инициатор отрицает</translation>
    </message>
    <message>
        <source>Too little is known</source>
        <translation>Слишком мало известно</translation>
    </message>
    <message>
        <source>The owner cannot be reached</source>
        <translation>Нет связи с инициатором</translation>
    </message>
    <message>
        <source>The traveller has gone on</source>
        <translation>Лицо уже уехало</translation>
    </message>
    <message>
        <source>Alone on shift</source>
        <translation>Один на смене</translation>
    </message>
    <message>
        <source>The others are engaged</source>
        <translation>Остальные заняты</translation>
    </message>
    <message>
        <source>Nobody could be reached</source>
        <translation>Никого не удалось вызвать</translation>
    </message>
    <message>
        <source>Danger: it could not wait</source>
        <translation>Опасность: ждать было нельзя</translation>
    </message>
    <message>
        <source>I agree: the same</source>
        <translation>Согласен: совпадает</translation>
    </message>
    <message>
        <source>I disagree</source>
        <translation>Не согласен</translation>
    </message>
    <message>
        <source>Typing error</source>
        <translation>Опечатка</translation>
    </message>
    <message>
        <source>New information</source>
        <translation>Новые сведения</translation>
    </message>
    <message>
        <source>Wrong document</source>
        <translation>Не тот документ</translation>
    </message>
    <message>
        <source>After the supervisor&apos;s question</source>
        <translation>После вопроса начальника смены</translation>
    </message>
    <message>
        <source>Addendum</source>
        <translation>Дополнение</translation>
    </message>
    <message>
        <source>Countersigned</source>
        <translation>Заверено</translation>
    </message>
    <message>
        <source>Questioned</source>
        <translation>Есть вопрос</translation>
    </message>
    <message>
        <source>Second-line work</source>
        <translation>Работа второй линии</translation>
    </message>
    <message>
        <source>Work on a hit</source>
        <translation>Работа по совпадению</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>Контроль начальника</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Исправление</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>Жалоба</translation>
    </message>
    <message>
        <source>Court</source>
        <translation>Суд</translation>
    </message>
    <message>
        <source>Request of the person concerned</source>
        <translation>Запрос самого лица</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Аудит</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Открыто</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>Напечатано</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Экспортировано</translation>
    </message>
    <message>
        <source>Officer, first line</source>
        <translation>Сотрудник первой линии</translation>
    </message>
    <message>
        <source>Officer, second line</source>
        <translation>Сотрудник второй линии</translation>
    </message>
    <message>
        <source>Shift supervisor</source>
        <translation>Начальник смены</translation>
    </message>
    <message>
        <source>IT administrator</source>
        <translation>Администратор ИТ</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Аудитор</translation>
    </message>
    <message>
        <source>Clock right</source>
        <translation>Часы верны</translation>
    </message>
    <message>
        <source>Clock drifts</source>
        <translation>Часы расходятся</translation>
    </message>
    <message>
        <source>Clock not compared</source>
        <translation>Часы не сверены</translation>
    </message>
    <message>
        <source>All checks</source>
        <translation>Все проверки</translation>
    </message>
    <message>
        <source>Without those taken back</source>
        <translation>Без отозванных</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Отозванные</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Исправленные</translation>
    </message>
    <message>
        <source>At second line</source>
        <translation>На второй линии</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>Без обзора</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>Номер документа</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Сотрудник</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Заблокировано</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Workstation started</source>
        <translation>Рабочее место запущено</translation>
    </message>
    <message>
        <source>List taken into use</source>
        <translation>Список введён в действие</translation>
    </message>
    <message>
        <source>Records put back; new journal begun</source>
        <translation>Записи возвращены; начат новый журнал</translation>
    </message>
    <message>
        <source>Old records erased</source>
        <translation>Старые записи стёрты</translation>
    </message>
    <message>
        <source>Workstation&apos;s keys renewed; new journal</source>
        <translation>Ключи рабочего места обновлены; начат новый журнал</translation>
    </message>
    <message>
        <source>Officer&apos;s slot taken away</source>
        <translation>Доступ сотрудника убран</translation>
    </message>
    <message>
        <source>Records given a new key</source>
        <translation>Записи получили новый ключ</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Направление</translation>
    </message>
    <message>
        <source>Way of travel</source>
        <translation>Способ передвижения</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Полоса</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Пост</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Маршрут</translation>
    </message>
    <message>
        <source>Surname</source>
        <translation>Фамилия</translation>
    </message>
    <message>
        <source>Given names</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Patronymic</source>
        <translation>Отчество</translation>
    </message>
    <message>
        <source>Name in own script</source>
        <translation>Имя родным письмом</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Дата рождения</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Пол</translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation>Гражданство</translation>
    </message>
    <message>
        <source>Personal number</source>
        <translation>Личный номер</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Issuing State</source>
        <translation>Государство выдачи</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Действителен до</translation>
    </message>
    <message>
        <source>How it was read</source>
        <translation>Как прочитано</translation>
    </message>
    <message>
        <source>Machine-readable zone</source>
        <translation>Машиносчитываемая зона</translation>
    </message>
    <message>
        <source>Why there is no document</source>
        <translation>Почему документа нет</translation>
    </message>
    <message>
        <source>Registration plate</source>
        <translation>Номерной знак</translation>
    </message>
    <message>
        <source>Plate&apos;s country</source>
        <translation>Страна номерного знака</translation>
    </message>
    <message>
        <source>Kind of vehicle</source>
        <translation>Вид транспорта</translation>
    </message>
    <message>
        <source>Vehicle number (VIN)</source>
        <translation>Номер транспорта (VIN)</translation>
    </message>
    <message>
        <source>Purpose of journey</source>
        <translation>Цель поездки</translation>
    </message>
    <message>
        <source>Basis of entry</source>
        <translation>Основание въезда</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Место назначения</translation>
    </message>
    <message>
        <source>Travels with</source>
        <translation>Едет с кем</translation>
    </message>
    <message>
        <source>Level of check</source>
        <translation>Уровень проверки</translation>
    </message>
    <message>
        <source>Grounds</source>
        <translation>Основания</translation>
    </message>
    <message>
        <source>National ground</source>
        <translation>Национальное основание</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Замечания</translation>
    </message>
    <message>
        <source>Number in the earlier register</source>
        <translation>Номер в прежнем журнале</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>Lists consulted</source>
        <translation>Проверено по спискам</translation>
    </message>
    <message>
        <source>Other names</source>
        <translation>Другие имена</translation>
    </message>
    <message>
        <source>the proxy does not let us through</source>
        <translation>прокси не пропускает</translation>
    </message>
    <message>
        <source>another certificate than the centre&apos;s: tell IT</source>
        <translation>сертификат не центра: сообщите ИТ</translation>
    </message>
    <message>
        <source>another server answers: tell IT</source>
        <translation>отвечает другой сервер: сообщите ИТ</translation>
    </message>
    <message>
        <source>the centre does not know this workstation: tell IT</source>
        <translation>центр не знает этого рабочего места: сообщите ИТ</translation>
    </message>
    <message>
        <source>the centre refuses: tell IT</source>
        <translation>центр отказывает: сообщите ИТ</translation>
    </message>
    <message>
        <source>the centre finds the message too large: tell IT</source>
        <translation>для центра сообщение слишком велико: сообщите ИТ</translation>
    </message>
    <message>
        <source>the centre has a fault</source>
        <translation>сбой в центре</translation>
    </message>
    <message>
        <source>the centre&apos;s disk is full: nothing is lost, it is tried again</source>
        <translation>диск центра заполнен: ничего не потеряно, попытки продолжаются</translation>
    </message>
    <message>
        <source>the disk is full here: tell IT</source>
        <translation>диск здесь заполнен: сообщите ИТ</translation>
    </message>
    <message>
        <source>the line has a fault: tell IT</source>
        <translation>сбой связи: сообщите ИТ</translation>
    </message>
    <message>
        <source>the line is not set up: tell IT</source>
        <translation>связь не настроена: сообщите ИТ</translation>
    </message>
    <message>
        <source>the newest list is not genuine and was not taken</source>
        <translation>новейший список не подлинный и не принят</translation>
    </message>
    <message>
        <source>an order that is not genuine came and was not obeyed: tell IT</source>
        <translation>пришло неподлинное распоряжение, оно не выполнено: сообщите ИТ</translation>
    </message>
    <message>
        <source>headquarters has ordered this workstation to be wiped</source>
        <translation>центр распорядился очистить это рабочее место</translation>
    </message>
    <message>
        <source>the centre holds another journal of this workstation: tell IT</source>
        <translation>в центре другой журнал этого рабочего места: сообщите ИТ</translation>
    </message>
    <message>
        <source>this workstation must be enrolled anew: tell IT</source>
        <translation>рабочее место нужно зарегистрировать заново: сообщите ИТ</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>Это нужно заполнить.</translation>
    </message>
    <message>
        <source>Nobody removes himself: ask another supervisor.</source>
        <translation>Себя не убирает никто: попросите другого начальника.</translation>
    </message>
    <message>
        <source>Nobody with this number has a slot here.</source>
        <translation>Ни у кого с этим номером нет здесь доступа.</translation>
    </message>
    <message>
        <source>Shorten this: it is longer than one record holds.</source>
        <translation>Сократите: это длиннее, чем вмещает одна запись.</translation>
    </message>
    <message>
        <source>Write the date as day.month.year, as 05.03.1984, or only what is known.</source>
        <translation>Напишите дату как день.месяц.год, например 05.03.1984, или только известное.</translation>
    </message>
    <message>
        <source>Write the surname.</source>
        <translation>Напишите фамилию.</translation>
    </message>
    <message>
        <source>Write the date of birth, or ? if unknown.</source>
        <translation>Напишите дату рождения или ?, если она неизвестна.</translation>
    </message>
    <message>
        <source>Choose the sex as in the document.</source>
        <translation>Выберите пол, как в документе.</translation>
    </message>
    <message>
        <source>Write the State&apos;s three-letter code.</source>
        <translation>Напишите трёхбуквенный код государства.</translation>
    </message>
    <message>
        <source>Write the code of the State that issued it.</source>
        <translation>Напишите код государства, выдавшего документ.</translation>
    </message>
    <message>
        <source>Write the document number.</source>
        <translation>Напишите номер документа.</translation>
    </message>
    <message>
        <source>Put in a document, or choose why there is none.</source>
        <translation>Введите документ или выберите, почему его нет.</translation>
    </message>
    <message>
        <source>Choose the purpose of the journey.</source>
        <translation>Выберите цель поездки.</translation>
    </message>
    <message>
        <source>Choose the basis of entry.</source>
        <translation>Выберите основание въезда.</translation>
    </message>
    <message>
        <source>Write where the traveller is going.</source>
        <translation>Напишите, куда едет лицо.</translation>
    </message>
    <message>
        <source>Choose a reason.</source>
        <translation>Выберите причину.</translation>
    </message>
    <message>
        <source>Write a note.</source>
        <translation>Напишите примечание.</translation>
    </message>
    <message>
        <source>Choose at least one ground.</source>
        <translation>Выберите хотя бы одно основание.</translation>
    </message>
    <message>
        <source>Write which national ground applies.</source>
        <translation>Напишите, какое национальное основание применяется.</translation>
    </message>
    <message>
        <source>Choose a decision.</source>
        <translation>Выберите решение.</translation>
    </message>
    <message>
        <source>Choose whether they are the same.</source>
        <translation>Выберите, совпадает ли.</translation>
    </message>
    <message>
        <source>Two verdicts contradict each other: look again and say which one stands.</source>
        <translation>Два вывода противоречат друг другу: проверьте ещё раз и скажите, какой верен.</translation>
    </message>
    <message>
        <source>A colleague has said so already: give your opinion on it (F7).</source>
        <translation>Коллега уже сделал вывод: дайте своё мнение о нём (F7).</translation>
    </message>
    <message>
        <source>Choose at least one reason.</source>
        <translation>Выберите хотя бы одну причину.</translation>
    </message>
    <message>
        <source>A reason does not fit the verdict.</source>
        <translation>Причина не подходит к выводу.</translation>
    </message>
    <message>
        <source>Nobody has asked the owner yet: record the call first (F4).</source>
        <translation>Инициатора ещё не спрашивали: сначала запишите разговор (F4).</translation>
    </message>
    <message>
        <source>Choose whether you agree.</source>
        <translation>Выберите, согласны ли вы.</translation>
    </message>
    <message>
        <source>No second person is asked for here.</source>
        <translation>Второе лицо здесь не требуется.</translation>
    </message>
    <message>
        <source>Whoever has judged does not agree with himself: ask a colleague.</source>
        <translation>Кто сделал вывод, не соглашается сам с собой: попросите коллегу.</translation>
    </message>
    <message>
        <source>Choose what was done.</source>
        <translation>Выберите, что сделано.</translation>
    </message>
    <message>
        <source>Say first whether they are the same; then record what was done.</source>
        <translation>Сначала укажите, совпадает ли; затем запишите меры.</translation>
    </message>
    <message>
        <source>Write the time as 14:05, or as 24.11.2026 14:05.</source>
        <translation>Запишите время как 14:05 или 24.11.2026 14:05.</translation>
    </message>
    <message>
        <source>This time is still to come. Correct it.</source>
        <translation>Это время ещё не наступило. Исправьте.</translation>
    </message>
    <message>
        <source>This is before the check. Correct the date.</source>
        <translation>Это раньше проверки. Исправьте дату.</translation>
    </message>
    <message>
        <source>An item stands there twice.</source>
        <translation>Один пункт указан дважды.</translation>
    </message>
    <message>
        <source>Choose how the owner was told.</source>
        <translation>Выберите, как сообщено инициатору.</translation>
    </message>
    <message>
        <source>Write who was told.</source>
        <translation>Укажите, кому сообщено.</translation>
    </message>
    <message>
        <source>The owner of the alert is still to be told (F4).</source>
        <translation>Инициатору оповещения ещё не сообщено (F4).</translation>
    </message>
    <message>
        <source>Information is still to be collected (F5).</source>
        <translation>Сведения ещё не собраны (F5).</translation>
    </message>
    <message>
        <source>Note at least one item.</source>
        <translation>Запишите хотя бы один пункт.</translation>
    </message>
    <message>
        <source>This alert asks for no information.</source>
        <translation>Это оповещение не требует сведений.</translation>
    </message>
    <message>
        <source>This hit is not known here.</source>
        <translation>Это совпадение здесь неизвестно.</translation>
    </message>
    <message>
        <source>The check of this hit has not arrived here yet. Try again in a moment.</source>
        <translation>Проверка этого совпадения сюда ещё не поступила. Повторите чуть позже.</translation>
    </message>
    <message>
        <source>The booth has taken this check back.</source>
        <translation>Кабина отозвала эту проверку.</translation>
    </message>
    <message>
        <source>This hit is closed already.</source>
        <translation>Это совпадение уже закрыто.</translation>
    </message>
    <message>
        <source>Nobody reviews what he said himself: ask a colleague.</source>
        <translation>Никто не проверяет собственный вывод: попросите коллегу.</translation>
    </message>
    <message>
        <source>There is nothing to review here.</source>
        <translation>Здесь нечего проверять.</translation>
    </message>
    <message>
        <source>Read the strong match first, then press F11, then decide.</source>
        <translation>Сначала прочитайте сильное совпадение, нажмите F11, затем решайте.</translation>
    </message>
    <message>
        <source>Write the language of the interview.</source>
        <translation>Напишите язык опроса.</translation>
    </message>
    <message>
        <source>Write at least one question.</source>
        <translation>Напишите хотя бы один вопрос.</translation>
    </message>
    <message>
        <source>Write the question to this answer.</source>
        <translation>Напишите вопрос к этому ответу.</translation>
    </message>
    <message>
        <source>Choose whether the person signed.</source>
        <translation>Выберите, подписал ли опрошенный.</translation>
    </message>
    <message>
        <source>Write why the person did not sign.</source>
        <translation>Напишите, почему подписи нет.</translation>
    </message>
    <message>
        <source>Change at least one field.</source>
        <translation>Измените хотя бы одно поле.</translation>
    </message>
    <message>
        <source>The last check can no longer be taken back; correct it in the log.</source>
        <translation>Последнюю проверку уже нельзя отозвать; исправьте её в журнале.</translation>
    </message>
    <message>
        <source>There is no check to take back.</source>
        <translation>Нет проверки, которую можно отозвать.</translation>
    </message>
    <message>
        <source>Second line has already decided on the last check.</source>
        <translation>Вторая линия уже решила по последней проверке.</translation>
    </message>
    <message>
        <source>This referral is already decided.</source>
        <translation>По этому направлению уже решено.</translation>
    </message>
    <message>
        <source>Who proposed the refusal does not approve it: ask a colleague.</source>
        <translation>Кто предложил отказ, тот его не утверждает: попросите коллегу.</translation>
    </message>
    <message>
        <source>Close and sign the notes first.</source>
        <translation>Сначала закройте и подпишите запись опроса.</translation>
    </message>
    <message>
        <source>This interview is not known here.</source>
        <translation>Этот опрос здесь неизвестен.</translation>
    </message>
    <message>
        <source>This referral is not known here.</source>
        <translation>Это направление здесь неизвестно.</translation>
    </message>
    <message>
        <source>This record is not known here.</source>
        <translation>Эта запись здесь неизвестна.</translation>
    </message>
    <message>
        <source>Only its author in the same shift, or a supervisor, corrects this record.</source>
        <translation>Эту запись исправляет только её автор в ту же смену или начальник смены.</translation>
    </message>
    <message>
        <source>Nobody reviews his own records: ask a colleague.</source>
        <translation>Свои записи не проверяют: попросите коллегу.</translation>
    </message>
    <message>
        <source>Something was added meanwhile. It is shown now; look again.</source>
        <translation>Тем временем запись дополнили. Дополнение показано; посмотрите ещё раз.</translation>
    </message>
    <message>
        <source>This was corrected meanwhile. Look again.</source>
        <translation>Тем временем это исправили. Посмотрите ещё раз.</translation>
    </message>
    <message>
        <source>It reads so already.</source>
        <translation>Так уже и написано.</translation>
    </message>
    <message>
        <source>This does not fit the field.</source>
        <translation>Это не подходит к полю.</translation>
    </message>
    <message>
        <source>This field is not corrected.</source>
        <translation>Это поле не исправляют.</translation>
    </message>
    <message>
        <source>Type the pass-phrase.</source>
        <translation>Введите парольную фразу.</translation>
    </message>
    <message>
        <source>Take at least twelve characters: four words are good.</source>
        <translation>Нужно не меньше двенадцати знаков: хороши четыре слова.</translation>
    </message>
    <message>
        <source>Take more different characters: four words are good.</source>
        <translation>Возьмите больше разных знаков: хороши четыре слова.</translation>
    </message>
    <message>
        <source>The two pass-phrases are not the same.</source>
        <translation>Две парольные фразы не одинаковы.</translation>
    </message>
    <message>
        <source>Write the service number.</source>
        <translation>Напишите служебный номер.</translation>
    </message>
    <message>
        <source>This number is already in the list.</source>
        <translation>Этот номер уже в списке.</translation>
    </message>
    <message>
        <source>Write where the provisioning file lies.</source>
        <translation>Напишите, где лежит файл подготовки.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Такого файла нет.</translation>
    </message>
</context>
</TS>
