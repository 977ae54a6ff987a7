<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActionPanel</name>
    <message>
        <source>Record the action</source>
        <translation>Record the action</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>now</source>
        <translation>now</translation>
    </message>
    <message>
        <source>&amp;When</source>
        <translation>&amp;When</translation>
    </message>
    <message>
        <source>&amp;Where, if not here</source>
        <translation>&amp;Where, if not here</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comment</translation>
    </message>
</context>
<context>
    <name>AlonePanel</name>
    <message>
        <source>Countersign</source>
        <translation>Countersign</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comment</translation>
    </message>
    <message>
        <source>Officer {0} confirmed alone on {1}: {2}</source>
        <translation>Officer {0} confirmed alone on {1}: {2}</translation>
    </message>
</context>
<context>
    <name>AmendPanel</name>
    <message>
        <source>Correct a field</source>
        <translation>Correct a field</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>Record the correction</source>
        <translation>Record the correction</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Reads now: {0}</source>
        <translation>Reads now: {0}</translation>
    </message>
    <message>
        <source>&amp;Field</source>
        <translation>&amp;Field</translation>
    </message>
    <message>
        <source>&amp;Should read</source>
        <translation>&amp;Should read</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>&amp;Reason</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Note</translation>
    </message>
</context>
<context>
    <name>AttachmentList</name>
    <message>
        <source>Attach pictures or PDF</source>
        <translation>Attach pictures or PDF</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Attachments</translation>
    </message>
</context>
<context>
    <name>AttachmentRow</name>
    <message>
        <source>What it shows</source>
        <translation>What it shows</translation>
    </message>
    <message>
        <source>What attachment {0} shows</source>
        <translation>What attachment {0} shows</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Show attachment {0}</source>
        <translation>Show attachment {0}</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Take out</translation>
    </message>
    <message>
        <source>Take attachment {0} out</source>
        <translation>Take attachment {0} out</translation>
    </message>
</context>
<context>
    <name>AttachmentWords</name>
    <message>
        <source>attachments: {0} of {1} at the centre</source>
        <translation>attachments: {0} of {1} at the centre</translation>
    </message>
    <message>
        <source>not taken, only JPEG and PNG pictures and PDF are.</source>
        <translation>not taken, only JPEG and PNG pictures and PDF are.</translation>
    </message>
    <message>
        <source>not taken, its content is not what its name says. Look where it comes from.</source>
        <translation>not taken, its content is not what its name says. Look where it comes from.</translation>
    </message>
    <message>
        <source>not taken, it is damaged or cut. Copy or scan it once more.</source>
        <translation>not taken, it is damaged or cut. Copy or scan it once more.</translation>
    </message>
    <message>
        <source>not taken, it would unpack to an enormous picture. Scan it at a lower resolution.</source>
        <translation>not taken, it would unpack to an enormous picture. Scan it at a lower resolution.</translation>
    </message>
    <message>
        <source>not taken, it is larger than {0} MB. Scan it at a lower resolution.</source>
        <translation>not taken, it is larger than {0} MB. Scan it at a lower resolution.</translation>
    </message>
    <message>
        <source>not taken, there is no such file.</source>
        <translation>not taken, there is no such file.</translation>
    </message>
    <message>
        <source>not taken, it cannot be read. Is the stick still in?</source>
        <translation>not taken, it cannot be read. Is the stick still in?</translation>
    </message>
    <message>
        <source>A record takes {0} attachments at most.</source>
        <translation>A record takes {0} attachments at most.</translation>
    </message>
    <message>
        <source>Write what it shows.</source>
        <translation>Write what it shows.</translation>
    </message>
    <message>
        <source>These words are too long.</source>
        <translation>These words are too long.</translation>
    </message>
    <message>
        <source>An attachment is missing or damaged on this disk: take it out.</source>
        <translation>An attachment is missing or damaged on this disk: take it out.</translation>
    </message>
    <message>
        <source>Not here yet: it lies at the computer where it was taken. It is fetched through the post&apos;s exchange; this page looks again by itself.</source>
        <translation>Not here yet: it lies at the computer where it was taken. It is fetched through the post&apos;s exchange; this page looks again by itself.</translation>
    </message>
    <message>
        <source>This file is in that folder already.</source>
        <translation>This file is in that folder already.</translation>
    </message>
    <message>
        <source>Nothing can be written into this folder. Choose another one.</source>
        <translation>Nothing can be written into this folder. Choose another one.</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>picture</translation>
    </message>
    <message>
        <source>{0} kB</source>
        <translation>{0} kB</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} MB</translation>
    </message>
</context>
<context>
    <name>AttachmentsOf</name>
    <message>
        <source>Show {0}</source>
        <translation>Show {0}</translation>
    </message>
    <message>
        <source>This file is not on this computer.</source>
        <translation>This file is not on this computer.</translation>
    </message>
    <message>
        <source>Not here yet: it lies at workstation {0}. Open it to fetch it.</source>
        <translation>Not here yet: it lies at workstation {0}. Open it to fetch it.</translation>
    </message>
    <message>
        <source>On its way from workstation {0}: {1} of {2}.</source>
        <translation>On its way from workstation {0}: {1} of {2}.</translation>
    </message>
</context>
<context>
    <name>CaseFacts</name>
    <message>
        <source>What is known</source>
        <translation>What is known</translation>
    </message>
    <message>
        <source>Referral</source>
        <translation>Referral</translation>
    </message>
    <message>
        <source>By</source>
        <translation>By</translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Traveller</translation>
    </message>
    <message>
        <source>Crossing</source>
        <translation>Crossing</translation>
    </message>
    <message>
        <source>Earlier crossings known here</source>
        <translation>Earlier crossings known here</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>None.</translation>
    </message>
</context>
<context>
    <name>CaseScreen</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Another interview</source>
        <translation>Another interview</translation>
    </message>
    <message>
        <source>Close and sign</source>
        <translation>Close and sign</translation>
    </message>
    <message>
        <source>Add to the notes</source>
        <translation>Add to the notes</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>Outcome for</source>
        <translation>Outcome for</translation>
    </message>
    <message>
        <source>Write what is to be added.</source>
        <translation>Write what is to be added.</translation>
    </message>
    <message>
        <source>Close and sign the notes first (F10).</source>
        <translation>Close and sign the notes first (F10).</translation>
    </message>
    <message>
        <source>Somebody has sent an outcome already.</source>
        <translation>Somebody has sent an outcome already.</translation>
    </message>
    <message>
        <source>The booth has taken this check back: nobody waits any more.</source>
        <translation>The booth has taken this check back: nobody waits any more.</translation>
    </message>
    <message>
        <source>You proposed this refusal: somebody else must decide on it.</source>
        <translation>You proposed this refusal: somebody else must decide on it.</translation>
    </message>
</context>
<context>
    <name>ClosedNotes</name>
    <message>
        <source>Closed interviews</source>
        <translation>Closed interviews</translation>
    </message>
    <message>
        <source>&amp;Addendum</source>
        <translation>&amp;Addendum</translation>
    </message>
    <message>
        <source>Signed notes stay as they are; words can only be added.</source>
        <translation>Signed notes stay as they are; words can only be added.</translation>
    </message>
    <message>
        <source>Closed and signed by {0} · {1:%d.%m.%Y %H:%M}–{2:%H:%M}</source>
        <translation>Closed and signed by {0} · {1:%d.%m.%Y %H:%M}–{2:%H:%M}</translation>
    </message>
    <message>
        <source>An addendum is not encrypted.</source>
        <translation>An addendum is not encrypted.</translation>
    </message>
    <message>
        <source>Account in the person&apos;s own words</source>
        <translation>Account in the person&apos;s own words</translation>
    </message>
    <message>
        <source>Addendum, {0} {1:%d.%m.%Y %H:%M}</source>
        <translation>Addendum, {0} {1:%d.%m.%Y %H:%M}</translation>
    </message>
    <message>
        <source>read back</source>
        <translation>read back</translation>
    </message>
    <message>
        <source>present: {0}</source>
        <translation>present: {0}</translation>
    </message>
    <message>
        <source>interpreter: {0}</source>
        <translation>interpreter: {0}</translation>
    </message>
</context>
<context>
    <name>ClosingPanel</name>
    <message>
        <source>Close the hit</source>
        <translation>Close the hit</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comment</translation>
    </message>
    <message>
        <source>All that this hit asks for is done.</source>
        <translation>All that this hit asks for is done.</translation>
    </message>
</context>
<context>
    <name>CollectionPanel</name>
    <message>
        <source>Record the information</source>
        <translation>Record the information</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comment</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Side by side</source>
        <translation>Side by side</translation>
    </message>
    <message>
        <source>Photograph of the alert</source>
        <translation>Photograph of the alert</translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Traveller</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alert</translation>
    </message>
</context>
<context>
    <name>Curtain</name>
    <message>
        <source>Progress</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>Checkpoint Client</source>
        <translation>Checkpoint Client</translation>
    </message>
    <message>
        <source>The demonstration is being made ready</source>
        <translation>The demonstration is being made ready</translation>
    </message>
</context>
<context>
    <name>DateEdit</name>
    <message>
        <source>dd.mm.yyyy</source>
        <translation>dd.mm.yyyy</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Admit</source>
        <translation>Admit</translation>
    </message>
    <message>
        <source>Refer</source>
        <translation>Refer</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>Take back ({0} s)</source>
        <translation>Take back ({0} s)</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>DemonstrationBar</name>
    <message>
        <source>Demonstration: an invented post, invented people, nothing is kept.</source>
        <translation>Demonstration: an invented post, invented people, nothing is kept.</translation>
    </message>
    <message>
        <source>Cut the line</source>
        <translation>Cut the line</translation>
    </message>
    <message>
        <source>Give the line back</source>
        <translation>Give the line back</translation>
    </message>
</context>
<context>
    <name>DigitStates</name>
    <message>
        <source>fits</source>
        <translation>fits</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>does not fit</translation>
    </message>
    <message>
        <source>none</source>
        <translation>none</translation>
    </message>
    <message>
        <source>Check digit {0}: {1}</source>
        <translation>Check digit {0}: {1}</translation>
    </message>
</context>
<context>
    <name>DocumentTabs</name>
    <message>
        <source>Take away</source>
        <translation>Take away</translation>
    </message>
    <message>
        <source>Take the document away</source>
        <translation>Take the document away</translation>
    </message>
    <message>
        <source>Document {0}: {1}</source>
        <translation>Document {0}: {1}</translation>
    </message>
</context>
<context>
    <name>ExchangeRow</name>
    <message>
        <source>Question (↓ for proposals)</source>
        <translation>Question (↓ for proposals)</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Answer</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message numerus="yes">
        <source>%n other alert(s) carry this name</source>
        <translation>
            <numerusform>%n other alert carry this name</numerusform>
            <numerusform>%n other alerts carry this name</numerusform>
        </translation>
    </message>
    <message>
        <source>Strong match</source>
        <translation>Strong match</translation>
    </message>
    <message>
        <source>Possible match</source>
        <translation>Possible match</translation>
    </message>
    <message>
        <source>Officer {0} said on {1}: the same</source>
        <translation>Officer {0} said on {1}: the same</translation>
    </message>
    <message>
        <source>Officer {0} said on {1}: not the same</source>
        <translation>Officer {0} said on {1}: not the same</translation>
    </message>
    <message>
        <source>Officer {0} said on {1}: cannot say</source>
        <translation>Officer {0} said on {1}: cannot say</translation>
    </message>
    <message>
        <source>Headquarters has not confirmed this yet.</source>
        <translation>Headquarters has not confirmed this yet.</translation>
    </message>
    <message>
        <source>Headquarters confirms: stolen or lost (list version {0}).</source>
        <translation>Headquarters confirms: stolen or lost (list version {0}).</translation>
    </message>
    <message>
        <source>Headquarters says: not stolen or lost (list version {0}).</source>
        <translation>Headquarters says: not stolen or lost (list version {0}).</translation>
    </message>
    <message>
        <source>No watch-list on this workstation</source>
        <translation>No watch-list on this workstation</translation>
    </message>
    <message>
        <source>{0} {1}: {2}</source>
        <translation>{0} {1}: {2}</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) beyond what is granted</source>
        <translation>
            <numerusform>%n day beyond what is granted</numerusform>
            <numerusform>%n days beyond what is granted</numerusform>
        </translation>
    </message>
    <message>
        <source>May stay until {0}, this day included</source>
        <translation>May stay until {0}, this day included</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) used with today</source>
        <translation>
            <numerusform>%n day used with today</numerusform>
            <numerusform>%n days used with today</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} days in any {1} are granted</source>
        <translation>{0} days in any {1} are granted</translation>
    </message>
    <message>
        <source>{0} days in {1} from the first entry are granted</source>
        <translation>{0} days in {1} from the first entry are granted</translation>
    </message>
    <message>
        <source>{0} days a stay</source>
        <translation>{0} days a stay</translation>
    </message>
    <message numerus="yes">
        <source>%n entry or exit is not known: look at the stamps</source>
        <translation>
            <numerusform>%n entry or exit is not known: look at the stamps</numerusform>
            <numerusform>%n entries or exits are not known: look at the stamps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n crossing(s) in this post&apos;s records</source>
        <translation>
            <numerusform>%n crossing in this post&apos;s records</numerusform>
            <numerusform>%n crossings in this post&apos;s records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of other posts</source>
        <translation>
            <numerusform>%n of other posts</numerusform>
            <numerusform>%n of other posts</numerusform>
        </translation>
    </message>
    <message>
        <source>as the centre knew on {0}</source>
        <translation>as the centre knew on {0}</translation>
    </message>
    <message>
        <source>Counted from: {0}</source>
        <translation>Counted from: {0}</translation>
    </message>
    <message>
        <source>Nothing is known of other posts yet.</source>
        <translation>Nothing is known of other posts yet.</translation>
    </message>
    <message>
        <source>A working value, not signed by headquarters. Source: {0}</source>
        <translation>A working value, not signed by headquarters. Source: {0}</translation>
    </message>
    <message>
        <source>Watch-list</source>
        <translation>Watch-list</translation>
    </message>
    <message>
        <source>Lost documents</source>
        <translation>Lost documents</translation>
    </message>
    <message>
        <source>Expired on {date}.</source>
        <translation>Expired on {date}.</translation>
    </message>
    <message>
        <source>Expires soon, on {date}.</source>
        <translation>Expires soon, on {date}.</translation>
    </message>
    <message>
        <source>A specimen ({state}): no State issues it. Ask for another.</source>
        <translation>A specimen ({state}): no State issues it. Ask for another.</translation>
    </message>
    <message>
        <source>{state} is no State code we know. Compare the document.</source>
        <translation>{state} is no State code we know. Compare the document.</translation>
    </message>
    <message>
        <source>A minor. Look at who comes along and the consent to travel.</source>
        <translation>A minor. Look at who comes along and the consent to travel.</translation>
    </message>
    <message>
        <source>Entered by hand: no check digits vouch for it.</source>
        <translation>Entered by hand: no check digits vouch for it.</translation>
    </message>
    <message>
        <source>No document was shown.</source>
        <translation>No document was shown.</translation>
    </message>
    <message>
        <source>The name is cut in the machine-readable zone.</source>
        <translation>The name is cut in the machine-readable zone.</translation>
    </message>
    <message>
        <source>The check digit of the document number does not fit.</source>
        <translation>The check digit of the document number does not fit.</translation>
    </message>
    <message>
        <source>The check digit of the date of birth does not fit.</source>
        <translation>The check digit of the date of birth does not fit.</translation>
    </message>
    <message>
        <source>The check digit of the expiry date does not fit.</source>
        <translation>The check digit of the expiry date does not fit.</translation>
    </message>
    <message>
        <source>The check digit of the optional data does not fit.</source>
        <translation>The check digit of the optional data does not fit.</translation>
    </message>
    <message>
        <source>The composite check digit does not fit.</source>
        <translation>The composite check digit does not fit.</translation>
    </message>
    <message>
        <source>The check digit of the personal number does not fit.</source>
        <translation>The check digit of the personal number does not fit.</translation>
    </message>
    <message>
        <source>The personal number tells another date of birth.</source>
        <translation>The personal number tells another date of birth.</translation>
    </message>
    <message>
        <source>The personal number tells another sex.</source>
        <translation>The personal number tells another sex.</translation>
    </message>
    <message>
        <source>The personal number has the wrong length.</source>
        <translation>The personal number has the wrong length.</translation>
    </message>
    <message>
        <source>The personal number does not fit. Compare it.</source>
        <translation>The personal number does not fit. Compare it.</translation>
    </message>
    <message>
        <source>surname</source>
        <translation>surname</translation>
    </message>
    <message>
        <source>given name</source>
        <translation>given name</translation>
    </message>
    <message>
        <source>father&apos;s name</source>
        <translation>father&apos;s name</translation>
    </message>
    <message>
        <source>name</source>
        <translation>name</translation>
    </message>
    <message>
        <source>{part} {traveller} is the same as {alert}</source>
        <translation>{part} {traveller} is the same as {alert}</translation>
    </message>
    <message>
        <source>{part} {traveller} is a spelling of {alert}</source>
        <translation>{part} {traveller} is a spelling of {alert}</translation>
    </message>
    <message>
        <source>{part} {traveller} is similar to {alert}</source>
        <translation>{part} {traveller} is similar to {alert}</translation>
    </message>
    <message>
        <source>{part} {traveller} may be the beginning of {alert}</source>
        <translation>{part} {traveller} may be the beginning of {alert}</translation>
    </message>
    <message>
        <source>{part} {traveller} is {alert} written together or apart</source>
        <translation>{part} {traveller} is {alert} written together or apart</translation>
    </message>
    <message>
        <source>{part} {traveller} differs from {alert}</source>
        <translation>{part} {traveller} differs from {alert}</translation>
    </message>
    <message>
        <source>the alert does not know the {part} {traveller}</source>
        <translation>the alert does not know the {part} {traveller}</translation>
    </message>
    <message>
        <source>the alert has {alert} besides</source>
        <translation>the alert has {alert} besides</translation>
    </message>
    <message>
        <source>the names stand in another order</source>
        <translation>the names stand in another order</translation>
    </message>
    <message>
        <source>{alert} is a further name of {name}</source>
        <translation>{alert} is a further name of {name}</translation>
    </message>
    <message>
        <source>born {traveller}, as in the alert</source>
        <translation>born {traveller}, as in the alert</translation>
    </message>
    <message>
        <source>born {traveller}; the alert says {alert}, which agrees</source>
        <translation>born {traveller}; the alert says {alert}, which agrees</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: day and month swapped</source>
        <translation>born {traveller}, alert says {alert}: day and month swapped</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: the same year, one of them 1 January</source>
        <translation>born {traveller}, alert says {alert}: the same year, one of them 1 January</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: one digit differs</source>
        <translation>born {traveller}, alert says {alert}: one digit differs</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: another day</source>
        <translation>born {traveller}, alert says {alert}: another day</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: the same year</source>
        <translation>born {traveller}, alert says {alert}: the same year</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: one year apart</source>
        <translation>born {traveller}, alert says {alert}: one year apart</translation>
    </message>
    <message>
        <source>born {traveller}, alert says {alert}: not the same</source>
        <translation>born {traveller}, alert says {alert}: not the same</translation>
    </message>
    <message>
        <source>one of the dates of birth is not known</source>
        <translation>one of the dates of birth is not known</translation>
    </message>
    <message>
        <source>the same nationality, {state}</source>
        <translation>the same nationality, {state}</translation>
    </message>
    <message>
        <source>nationality {traveller}, alert says {alert}</source>
        <translation>nationality {traveller}, alert says {alert}</translation>
    </message>
    <message>
        <source>the same sex, {sex}</source>
        <translation>the same sex, {sex}</translation>
    </message>
    <message>
        <source>sex {traveller}, alert says {alert}</source>
        <translation>sex {traveller}, alert says {alert}</translation>
    </message>
    <message>
        <source>document {number} of {state} is in the alert</source>
        <translation>document {number} of {state} is in the alert</translation>
    </message>
    <message>
        <source>document {number} of {state} may be listed as stolen or lost: have it confirmed</source>
        <translation>document {number} of {state} may be listed as stolen or lost: have it confirmed</translation>
    </message>
    <message>
        <source>personal number {number} is in the alert</source>
        <translation>personal number {number} is in the alert</translation>
    </message>
    <message>
        <source>registration plate {number} is in the alert</source>
        <translation>registration plate {number} is in the alert</translation>
    </message>
    <message>
        <source>vehicle number {number} is in the alert</source>
        <translation>vehicle number {number} is in the alert</translation>
    </message>
    <message>
        <source>Wanted for arrest</source>
        <translation>Wanted for arrest</translation>
    </message>
    <message>
        <source>Wanted for extradition</source>
        <translation>Wanted for extradition</translation>
    </message>
    <message>
        <source>Entry to be refused</source>
        <translation>Entry to be refused</translation>
    </message>
    <message>
        <source>May not leave</source>
        <translation>May not leave</translation>
    </message>
    <message>
        <source>Missing adult</source>
        <translation>Missing adult</translation>
    </message>
    <message>
        <source>Missing child</source>
        <translation>Missing child</translation>
    </message>
    <message>
        <source>Child at risk</source>
        <translation>Child at risk</translation>
    </message>
    <message>
        <source>Vulnerable person</source>
        <translation>Vulnerable person</translation>
    </message>
    <message>
        <source>Sought by a court</source>
        <translation>Sought by a court</translation>
    </message>
    <message>
        <source>Discreet check</source>
        <translation>Discreet check</translation>
    </message>
    <message>
        <source>Inquiry check</source>
        <translation>Inquiry check</translation>
    </message>
    <message>
        <source>Specific check</source>
        <translation>Specific check</translation>
    </message>
    <message>
        <source>Object to be seized</source>
        <translation>Object to be seized</translation>
    </message>
    <message>
        <source>Invalid document</source>
        <translation>Invalid document</translation>
    </message>
    <message>
        <source>Stolen vehicle</source>
        <translation>Stolen vehicle</translation>
    </message>
    <message>
        <source>Return decision</source>
        <translation>Return decision</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Health</translation>
    </message>
    <message>
        <source>Of interest to customs</source>
        <translation>Of interest to customs</translation>
    </message>
    <message>
        <source>May not leave: debts</source>
        <translation>May not leave: debts</translation>
    </message>
    <message>
        <source>Under sanctions</source>
        <translation>Under sanctions</translation>
    </message>
    <message>
        <source>Detain</source>
        <translation>Detain</translation>
    </message>
    <message>
        <source>Refuse entry</source>
        <translation>Refuse entry</translation>
    </message>
    <message>
        <source>Collect information; the person must not notice</source>
        <translation>Collect information; the person must not notice</translation>
    </message>
    <message>
        <source>Interview and collect information</source>
        <translation>Interview and collect information</translation>
    </message>
    <message>
        <source>Search person and vehicle</source>
        <translation>Search person and vehicle</translation>
    </message>
    <message>
        <source>Seize the object</source>
        <translation>Seize the object</translation>
    </message>
    <message>
        <source>Seize the document</source>
        <translation>Seize the document</translation>
    </message>
    <message>
        <source>Place under protection</source>
        <translation>Place under protection</translation>
    </message>
    <message>
        <source>Report the whereabouts</source>
        <translation>Report the whereabouts</translation>
    </message>
    <message>
        <source>Notify the owner of the alert</source>
        <translation>Notify the owner of the alert</translation>
    </message>
    <message>
        <source>Contact the owner of the alert first</source>
        <translation>Contact the owner of the alert first</translation>
    </message>
    <message>
        <source>Armed</source>
        <translation>Armed</translation>
    </message>
    <message>
        <source>Violent</source>
        <translation>Violent</translation>
    </message>
    <message>
        <source>May flee</source>
        <translation>May flee</translation>
    </message>
    <message>
        <source>Suicide risk</source>
        <translation>Suicide risk</translation>
    </message>
    <message>
        <source>Contagious</source>
        <translation>Contagious</translation>
    </message>
    <message>
        <source>Drugs</source>
        <translation>Drugs</translation>
    </message>
    <message>
        <source>Minor</source>
        <translation>Minor</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Waiting for a document</source>
        <translation>Waiting for a document</translation>
    </message>
    <message>
        <source>What is known about the traveller appears here as soon as a document is read or a name is typed.</source>
        <translation>What is known about the traveller appears here as soon as a document is read or a name is typed.</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>I have read it</translation>
    </message>
    <message>
        <source>The hit before</source>
        <translation>The hit before</translation>
    </message>
    <message>
        <source>Findings: further down</source>
        <translation>Findings: further down</translation>
    </message>
    <message>
        <source>Findings: further up</source>
        <translation>Findings: further up</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>Next hit</translation>
    </message>
    <message numerus="yes">
        <source>%n strong match(es) on the watch-list</source>
        <translation>
            <numerusform>%n strong match on the watch-list</numerusform>
            <numerusform>%n strong matches on the watch-list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n possible match(es): compare</source>
        <translation>
            <numerusform>%n possible match: compare</numerusform>
            <numerusform>%n possible matches: compare</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>Look at the remarks</source>
        <translation>Look at the remarks</translation>
    </message>
    <message>
        <source>Something is wrong: read the remarks</source>
        <translation>Something is wrong: read the remarks</translation>
    </message>
    <message>
        <source>Document and person</source>
        <translation>Document and person</translation>
    </message>
    <message>
        <source>Valid, nothing to remark.</source>
        <translation>Valid, nothing to remark.</translation>
    </message>
    <message>
        <source>Stay without a visa</source>
        <translation>Stay without a visa</translation>
    </message>
    <message>
        <source>Earlier crossings known here</source>
        <translation>Earlier crossings known here</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>None.</translation>
    </message>
    <message>
        <source>same document</source>
        <translation>same document</translation>
    </message>
    <message>
        <source>same person</source>
        <translation>same person</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>taken back</translation>
    </message>
</context>
<context>
    <name>FirstLineScreen</name>
    <message>
        <source>Here is what you had typed last.</source>
        <translation>Here is what you had typed last.</translation>
    </message>
    <message>
        <source>Read, but not all of it fits: compare the red fields.</source>
        <translation>Read, but not all of it fits: compare the red fields.</translation>
    </message>
    <message>
        <source>Document read.</source>
        <translation>Document read.</translation>
    </message>
    <message>
        <source>Document added to this traveller.</source>
        <translation>Document added to this traveller.</translation>
    </message>
    <message>
        <source>The same document, read again.</source>
        <translation>The same document, read again.</translation>
    </message>
    <message>
        <source>Another person&apos;s document: it waits. Decide on this traveller first.</source>
        <translation>Another person&apos;s document: it waits. Decide on this traveller first.</translation>
    </message>
    <message>
        <source>New findings. Read them, then decide.</source>
        <translation>New findings. Read them, then decide.</translation>
    </message>
    <message>
        <source>Something is missing, see the red field.</source>
        <translation>Something is missing, see the red field.</translation>
    </message>
    <message>
        <source>To second line:</source>
        <translation>To second line:</translation>
    </message>
    <message>
        <source>Refuse entry:</source>
        <translation>Refuse entry:</translation>
    </message>
    <message>
        <source>Strong match. F7 refers; F9 once more admits.</source>
        <translation>Strong match. F7 refers; F9 once more admits.</translation>
    </message>
    <message>
        <source>Taken back. Decide again.</source>
        <translation>Taken back. Decide again.</translation>
    </message>
    <message>
        <source>There is no check to take back.</source>
        <translation>There is no check to take back.</translation>
    </message>
    <message>
        <source>The minute is over. Correct the check in the log.</source>
        <translation>The minute is over. Correct the check in the log.</translation>
    </message>
    <message>
        <source>Second line has decided. Correct the check in the log.</source>
        <translation>Second line has decided. Correct the check in the log.</translation>
    </message>
    <message>
        <source>Headquarters approves refusals: the traveller goes to second line.</source>
        <translation>Headquarters approves refusals: the traveller goes to second line.</translation>
    </message>
    <message>
        <source>Propose refusal</source>
        <translation>Propose refusal</translation>
    </message>
    <message>
        <source>{0} · F12 takes it back within {1} s</source>
        <translation>{0} · F12 takes it back within {1} s</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting: {0}</source>
        <translation>
            <numerusform>%n waiting: {0}</numerusform>
            <numerusform>%n waiting: {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Second line: {0} · {1}</source>
        <translation>Second line: {0} · {1}</translation>
    </message>
    <message>
        <source>To the machine-readable zone</source>
        <translation>To the machine-readable zone</translation>
    </message>
    <message>
        <source>Ready for a document</source>
        <translation>Ready for a document</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>No line here</source>
        <translation>No line here</translation>
    </message>
    <message>
        <source>Add another person</source>
        <translation>Add another person</translation>
    </message>
    <message>
        <source>Enrol this computer</source>
        <translation>Enrol this computer</translation>
    </message>
    <message>
        <source>Without a line: ask by a stick</source>
        <translation>Without a line: ask by a stick</translation>
    </message>
    <message>
        <source>1. A request is written to the stick. 2. Headquarters answers it there. 3. Back here, give the answer&apos;s file instead of the provisioning file. Nothing on the stick is secret.</source>
        <translation>1. A request is written to the stick. 2. Headquarters answers it there. 3. Back here, give the answer&apos;s file instead of the provisioning file. Nothing on the stick is secret.</translation>
    </message>
    <message>
        <source>Write the request</source>
        <translation>Write the request</translation>
    </message>
    <message>
        <source>May sign in: {0}</source>
        <translation>May sign in: {0}</translation>
    </message>
    <message>
        <source>Asking the centre …</source>
        <translation>Asking the centre …</translation>
    </message>
    <message>
        <source>The request is at {0}. Digits of the new keys: {1}. Headquarters answers it with enrol-file; its answer is looked for at {2}, the field above says so already.</source>
        <translation>The request is at {0}. Digits of the new keys: {1}. Headquarters answers it with enrol-file; its answer is looked for at {2}, the field above says so already.</translation>
    </message>
    <message>
        <source>Enrolled. Digits of its keys: {0}. Compare them with headquarters.</source>
        <translation>Enrolled. Digits of its keys: {0}. Compare them with headquarters.</translation>
    </message>
    <message>
        <source>Go on to sign-in</source>
        <translation>Go on to sign-in</translation>
    </message>
    <message>
        <source>Make this computer a workstation</source>
        <translation>Make this computer a workstation</translation>
    </message>
    <message>
        <source>Headquarters gives a provisioning file for each workstation, or a token to scan or type. Every person types a pass-phrase of at least twelve characters; four words are good.</source>
        <translation>Headquarters gives a provisioning file for each workstation, or a token to scan or type. Every person types a pass-phrase of at least twelve characters; four words are good.</translation>
    </message>
    <message>
        <source>Provisioning &amp;file, or token</source>
        <translation>Provisioning &amp;file, or token</translation>
    </message>
    <message>
        <source>&amp;Workstation&apos;s name, if headquarters gave none</source>
        <translation>&amp;Workstation&apos;s name, if headquarters gave none</translation>
    </message>
    <message>
        <source>Service &amp;number</source>
        <translation>Service &amp;number</translation>
    </message>
    <message>
        <source>&amp;Role</source>
        <translation>&amp;Role</translation>
    </message>
    <message>
        <source>&amp;Pass-phrase</source>
        <translation>&amp;Pass-phrase</translation>
    </message>
    <message>
        <source>Pass-phrase &amp;again</source>
        <translation>Pass-phrase &amp;again</translation>
    </message>
</context>
<context>
    <name>GroundsChoice</name>
    <message>
        <source>Grounds</source>
        <translation>Grounds</translation>
    </message>
    <message>
        <source>National ground in &amp;full</source>
        <translation>National ground in &amp;full</translation>
    </message>
    <message>
        <source>Write the national ground in words.</source>
        <translation>Write the national ground in words.</translation>
    </message>
    <message>
        <source>Choose at least one ground by its letter.</source>
        <translation>Choose at least one ground by its letter.</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Lock</translation>
    </message>
</context>
<context>
    <name>HitCard</name>
    <message>
        <source>Not read yet</source>
        <translation>Not read yet</translation>
    </message>
    <message>
        <source>born {0}</source>
        <translation>born {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} of {1}</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Read</translation>
    </message>
</context>
<context>
    <name>HitDeskScreen</name>
    <message>
        <source>Hits</source>
        <translation>Hits</translation>
    </message>
    <message>
        <source>Enter opens the hit. That it was opened is recorded.</source>
        <translation>Enter opens the hit. That it was opened is recorded.</translation>
    </message>
    <message>
        <source>Next list of hits</source>
        <translation>Next list of hits</translation>
    </message>
    <message>
        <source>List of hits before</source>
        <translation>List of hits before</translation>
    </message>
    <message>
        <source>No hit waits. Hits of the booths and late hits appear here by themselves.</source>
        <translation>No hit waits. Hits of the booths and late hits appear here by themselves.</translation>
    </message>
    <message>
        <source>No verdict waits for a second person.</source>
        <translation>No verdict waits for a second person.</translation>
    </message>
    <message>
        <source>No owner is still to be told.</source>
        <translation>No owner is still to be told.</translation>
    </message>
    <message>
        <source>Nothing was confirmed by one person alone.</source>
        <translation>Nothing was confirmed by one person alone.</translation>
    </message>
    <message>
        <source>No possible matches on which the booth decided.</source>
        <translation>No possible matches on which the booth decided.</translation>
    </message>
    <message>
        <source>No hit has been closed here yet.</source>
        <translation>No hit has been closed here yet.</translation>
    </message>
    <message>
        <source>There are no hits.</source>
        <translation>There are no hits.</translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Traveller</translation>
    </message>
    <message>
        <source>How far</source>
        <translation>How far</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Asked for</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alert</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Found</translation>
    </message>
</context>
<context>
    <name>HitFacts</name>
    <message>
        <source>What is known</source>
        <translation>What is known</translation>
    </message>
    <message>
        <source>The booth has taken this check back: nothing more is to be done.</source>
        <translation>The booth has taken this check back: nothing more is to be done.</translation>
    </message>
    <message>
        <source>The owner has withdrawn this alert since, or it has expired.</source>
        <translation>The owner has withdrawn this alert since, or it has expired.</translation>
    </message>
    <message>
        <source>The alert is no longer on the list of this workstation.</source>
        <translation>The alert is no longer on the list of this workstation.</translation>
    </message>
    <message>
        <source>Two verdicts contradict each other. Look again and say which stands.</source>
        <translation>Two verdicts contradict each other. Look again and say which stands.</translation>
    </message>
    <message>
        <source>Confirmed by one person alone: a supervisor has still to look at it.</source>
        <translation>Confirmed by one person alone: a supervisor has still to look at it.</translation>
    </message>
    <message>
        <source>list {0}, version {1}</source>
        <translation>list {0}, version {1}</translation>
    </message>
    <message>
        <source>Why it was found</source>
        <translation>Why it was found</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>workstation</source>
        <translation>workstation</translation>
    </message>
</context>
<context>
    <name>HitScreen</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>Second opinion</source>
        <translation>Second opinion</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Tell the owner</source>
        <translation>Tell the owner</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Changed elsewhere while it was open here.</source>
        <translation>Changed elsewhere while it was open here.</translation>
    </message>
</context>
<context>
    <name>HitWords</name>
    <message>
        <source>Overdue: the owner was to be told by {0}, {1} ago</source>
        <translation>Overdue: the owner was to be told by {0}, {1} ago</translation>
    </message>
    <message>
        <source>Tell the owner by {0}, {1} left</source>
        <translation>Tell the owner by {0}, {1} left</translation>
    </message>
    <message>
        <source>{0} overdue</source>
        <translation>{0} overdue</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>{0} left</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} h {1} min</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message>
        <source>found later</source>
        <translation>found later</translation>
    </message>
    <message>
        <source>alone</source>
        <translation>alone</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>withdrawn</translation>
    </message>
    <message>
        <source>Saw it as a strong match</source>
        <translation>Saw it as a strong match</translation>
    </message>
    <message>
        <source>Saw it as a possible match</source>
        <translation>Saw it as a possible match</translation>
    </message>
    <message>
        <source>confirmed alone: {0}</source>
        <translation>confirmed alone: {0}</translation>
    </message>
    <message>
        <source>Owner told: {0}</source>
        <translation>Owner told: {0}</translation>
    </message>
    <message>
        <source>answer: {0}</source>
        <translation>answer: {0}</translation>
    </message>
    <message>
        <source>Information collected</source>
        <translation>Information collected</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Closed</translation>
    </message>
</context>
<context>
    <name>InterviewNotes</name>
    <message>
        <source>&amp;Kind of interview</source>
        <translation>&amp;Kind of interview</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Language</translation>
    </message>
    <message>
        <source>&amp;Persons present</source>
        <translation>&amp;Persons present</translation>
    </message>
    <message>
        <source>&amp;Interpreter</source>
        <translation>&amp;Interpreter</translation>
    </message>
    <message>
        <source>Next &amp;question</source>
        <translation>Next &amp;question</translation>
    </message>
    <message>
        <source>&amp;Account in the person&apos;s own words</source>
        <translation>&amp;Account in the person&apos;s own words</translation>
    </message>
    <message>
        <source>The notes were read &amp;back to the person</source>
        <translation>The notes were read &amp;back to the person</translation>
    </message>
    <message>
        <source>The person&apos;s &amp;signature</source>
        <translation>The person&apos;s &amp;signature</translation>
    </message>
    <message>
        <source>&amp;Reason given</source>
        <translation>&amp;Reason given</translation>
    </message>
    <message>
        <source>&amp;For supervisors only</source>
        <translation>&amp;For supervisors only</translation>
    </message>
    <message>
        <source>Encrypted when you close them: afterwards you cannot read them either.</source>
        <translation>Encrypted when you close them: afterwards you cannot read them either.</translation>
    </message>
    <message>
        <source>Not possible yet: the key of the supervisors comes with the first contact with headquarters.</source>
        <translation>Not possible yet: the key of the supervisors comes with the first contact with headquarters.</translation>
    </message>
    <message>
        <source>Write at least one question and its answer.</source>
        <translation>Write at least one question and its answer.</translation>
    </message>
    <message>
        <source>Choose the language that was spoken.</source>
        <translation>Choose the language that was spoken.</translation>
    </message>
    <message>
        <source>Choose whether the person signed the notes.</source>
        <translation>Choose whether the person signed the notes.</translation>
    </message>
    <message>
        <source>Write why the person did not sign.</source>
        <translation>Write why the person did not sign.</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Russian</translation>
    </message>
    <message>
        <source>Kazakh</source>
        <translation>Kazakh</translation>
    </message>
    <message>
        <source>Kyrgyz</source>
        <translation>Kyrgyz</translation>
    </message>
    <message>
        <source>Uzbek</source>
        <translation>Uzbek</translation>
    </message>
    <message>
        <source>Tajik</source>
        <translation>Tajik</translation>
    </message>
    <message>
        <source>Turkmen</source>
        <translation>Turkmen</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Turkish</translation>
    </message>
    <message>
        <source>Persian, Dari</source>
        <translation>Persian, Dari</translation>
    </message>
    <message>
        <source>Pashto</source>
        <translation>Pashto</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chinese</translation>
    </message>
    <message>
        <source>Uyghur</source>
        <translation>Uyghur</translation>
    </message>
    <message>
        <source>Mongolian</source>
        <translation>Mongolian</translation>
    </message>
    <message>
        <source>Another language</source>
        <translation>Another language</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>Questions and answers</translation>
    </message>
</context>
<context>
    <name>ItemRow</name>
    <message>
        <source>{0}: what was noted</source>
        <translation>{0}: what was noted</translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>F1 closes this list.</source>
        <translation>F1 closes this list.</translation>
    </message>
    <message>
        <source>Next field, or open</source>
        <translation>Next field, or open</translation>
    </message>
    <message>
        <source>Next part of the screen</source>
        <translation>Next part of the screen</translation>
    </message>
    <message>
        <source>With an underlined letter: to that field</source>
        <translation>With an underlined letter: to that field</translation>
    </message>
    <message>
        <source>Back; nothing typed is lost</source>
        <translation>Back; nothing typed is lost</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>In force</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>What was not taken</source>
        <translation>What was not taken</translation>
    </message>
    <message>
        <source>Noticed on {0}.</source>
        <translation>Noticed on {0}.</translation>
    </message>
    <message>
        <source>Version {0} stays in force.</source>
        <translation>Version {0} stays in force.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>Issued by headquarters</source>
        <translation>Issued by headquarters</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Age</translation>
    </message>
    <message>
        <source>Headquarters&apos; limits</source>
        <translation>Headquarters&apos; limits</translation>
    </message>
    <message>
        <source>fresh up to {0} hours, not current after {1} hours</source>
        <translation>fresh up to {0} hours, not current after {1} hours</translation>
    </message>
    <message>
        <source>Came here</source>
        <translation>Came here</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Waits</translation>
    </message>
    <message>
        <source>version {0} is here and is being put into force</source>
        <translation>version {0} is here and is being put into force</translation>
    </message>
    <message>
        <source>Announced</source>
        <translation>Announced</translation>
    </message>
    <message>
        <source>version {0}, it is not here yet</source>
        <translation>version {0}, it is not here yet</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Checks</translation>
    </message>
    <message>
        <source>go on; each records how old the list was</source>
        <translation>go on; each records how old the list was</translation>
    </message>
    <message>
        <source>The list in words</source>
        <translation>The list in words</translation>
    </message>
</context>
<context>
    <name>ListWords</name>
    <message>
        <source>fresh</source>
        <translation>fresh</translation>
    </message>
    <message>
        <source>old</source>
        <translation>old</translation>
    </message>
    <message>
        <source>not current</source>
        <translation>not current</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>in force</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>none yet</translation>
    </message>
    <message>
        <source>{0}, new one not taken</source>
        <translation>{0}, new one not taken</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message>
        <source>Call headquarters, and give them this sentence.</source>
        <translation>Call headquarters, and give them this sentence.</translation>
    </message>
    <message>
        <source>What came is older than what has been here before ({role}). Somebody may be holding old lists up to this workstation.</source>
        <translation>What came is older than what has been here before ({role}). Somebody may be holding old lists up to this workstation.</translation>
    </message>
    <message>
        <source>Headquarters tells of version {announced}, but what it signed reaches only to version {signed}. It is tried again by itself.</source>
        <translation>Headquarters tells of version {announced}, but what it signed reaches only to version {signed}. It is tried again by itself.</translation>
    </message>
    <message>
        <source>{file} did not come along, so the signatures are not complete. It is tried again by itself; from a stick, have it written anew.</source>
        <translation>{file} did not come along, so the signatures are not complete. It is tried again by itself; from a stick, have it written anew.</translation>
    </message>
    <message>
        <source>Parts of different publications came together ({role}). It is tried again by itself; from a stick, have it written anew.</source>
        <translation>Parts of different publications came together ({role}). It is tried again by itself; from a stick, have it written anew.</translation>
    </message>
    <message>
        <source>{role} was not signed by those who may sign it. Somebody may be trying to slip a false list in.</source>
        <translation>{role} was not signed by those who may sign it. Somebody may be trying to slip a false list in.</translation>
    </message>
    <message>
        <source>The signature of {role} is no longer valid.</source>
        <translation>The signature of {role} is no longer valid.</translation>
    </message>
    <message>
        <source>{role} is not what signed lists look like.</source>
        <translation>{role} is not what signed lists look like.</translation>
    </message>
    <message>
        <source>{file} is longer than what was signed, so it was broken off.</source>
        <translation>{file} is longer than what was signed, so it was broken off.</translation>
    </message>
    <message>
        <source>{file} is not what was signed: it was altered or damaged on the way. It is tried again by itself; from a stick, have it written anew.</source>
        <translation>{file} is not what was signed: it was altered or damaged on the way. It is tried again by itself; from a stick, have it written anew.</translation>
    </message>
    <message>
        <source>{file} was signed, but it is not there. It is tried again by itself; from a stick, have it written anew.</source>
        <translation>{file} was signed, but it is not there. It is tried again by itself; from a stick, have it written anew.</translation>
    </message>
    <message>
        <source>{file} cannot be decrypted here.</source>
        <translation>{file} cannot be decrypted here.</translation>
    </message>
    <message>
        <source>This version of the program cannot read {file}. Install the newest version.</source>
        <translation>This version of the program cannot read {file}. Install the newest version.</translation>
    </message>
    <message>
        <source>{file} did not give the list that was signed. The whole list is fetched instead.</source>
        <translation>{file} did not give the list that was signed. The whole list is fetched instead.</translation>
    </message>
    <message>
        <source>{file} changes another version than the one here. The whole list is fetched instead.</source>
        <translation>{file} changes another version than the one here. The whole list is fetched instead.</translation>
    </message>
    <message>
        <source>{file} names one alert twice.</source>
        <translation>{file} names one alert twice.</translation>
    </message>
    <message>
        <source>This workstation has not been given the key to it. It comes with a contact over the line; if it does not, call headquarters.</source>
        <translation>This workstation has not been given the key to it. It comes with a contact over the line; if it does not, call headquarters.</translation>
    </message>
    <message>
        <source>The disk is too full: {needed} bytes are needed. Free some space; it is tried again by itself.</source>
        <translation>The disk is too full: {needed} bytes are needed. Free some space; it is tried again by itself.</translation>
    </message>
    <message>
        <source>A file could not be read or written: {why}.</source>
        <translation>A file could not be read or written: {why}.</translation>
    </message>
    <message>
        <source>What it brings is older than what is here, so nothing was taken from it.</source>
        <translation>What it brings is older than what is here, so nothing was taken from it.</translation>
    </message>
    <message>
        <source>There are no lists of headquarters in this folder. Choose the folder that holds them, or have the stick written anew.</source>
        <translation>There are no lists of headquarters in this folder. Choose the folder that holds them, or have the stick written anew.</translation>
    </message>
</context>
<context>
    <name>ListsScreen</name>
    <message>
        <source>Lists</source>
        <translation>Lists</translation>
    </message>
    <message>
        <source>Nothing has come from headquarters yet.</source>
        <translation>Nothing has come from headquarters yet.</translation>
    </message>
    <message>
        <source>Crossings compared again</source>
        <translation>Crossings compared again</translation>
    </message>
    <message>
        <source>Look for new lists now</source>
        <translation>Look for new lists now</translation>
    </message>
    <message>
        <source>Read a stick</source>
        <translation>Read a stick</translation>
    </message>
    <message>
        <source>Write what waits to a stick</source>
        <translation>Write what waits to a stick</translation>
    </message>
    <message>
        <source>Lists and answers from a stick</source>
        <translation>Lists and answers from a stick</translation>
    </message>
    <message>
        <source>Headquarters&apos; own signatures are checked, whoever carried the stick. What is older than what is here is not taken.</source>
        <translation>Headquarters&apos; own signatures are checked, whoever carried the stick. What is older than what is here is not taken.</translation>
    </message>
    <message>
        <source>Bring them here</source>
        <translation>Bring them here</translation>
    </message>
    <message>
        <source>Records to a stick</source>
        <translation>Records to a stick</translation>
    </message>
    <message>
        <source>What waits is written encrypted: only the centre can read it. It also stays here, and waits until the centre has answered.</source>
        <translation>What waits is written encrypted: only the centre can read it. It also stays here, and waits until the centre has answered.</translation>
    </message>
    <message>
        <source>Write them</source>
        <translation>Write them</translation>
    </message>
    <message>
        <source>Headquarters was last asked on {0}.</source>
        <translation>Headquarters was last asked on {0}.</translation>
    </message>
    <message>
        <source>Headquarters has not been asked yet.</source>
        <translation>Headquarters has not been asked yet.</translation>
    </message>
    <message>
        <source>Headquarters has signed nothing new since {0}, although it was asked. If this goes on, call headquarters: somebody may be holding newer lists back.</source>
        <translation>Headquarters has signed nothing new since {0}, although it was asked. If this goes on, call headquarters: somebody may be holding newer lists back.</translation>
    </message>
    <message numerus="yes">
        <source>Crossings of the last %n day(s) compared with these lists: {0} of {1}</source>
        <translation>
            <numerusform>Crossings of the last %n day compared with these lists: {0} of {1}</numerusform>
            <numerusform>Crossings of the last %n days compared with these lists: {0} of {1}</numerusform>
        </translation>
    </message>
    <message>
        <source>Headquarters is being asked. What is new appears here by itself.</source>
        <translation>Headquarters is being asked. What is new appears here by itself.</translation>
    </message>
    <message>
        <source>Looking at the stick …</source>
        <translation>Looking at the stick …</translation>
    </message>
    <message>
        <source>Writing to the stick …</source>
        <translation>Writing to the stick …</translation>
    </message>
    <message>
        <source>Writing to the stick: {0} of {1} bundles</source>
        <translation>Writing to the stick: {0} of {1} bundles</translation>
    </message>
    <message>
        <source>Bringing {0}: {1} of {2} MB</source>
        <translation>Bringing {0}: {1} of {2} MB</translation>
    </message>
    <message>
        <source>{0}: version {1} is in force.</source>
        <translation>{0}: version {1} is in force.</translation>
    </message>
    <message>
        <source>{0}: version {1} is here and comes into force at the next sign-in.</source>
        <translation>{0}: version {1} is here and comes into force at the next sign-in.</translation>
    </message>
    <message>
        <source>List</source>
        <translation>List</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Age</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Content</translation>
    </message>
</context>
<context>
    <name>LogScreen</name>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Name, document number, plate, nationality</source>
        <translation>Name, document number, plate, nationality</translation>
    </message>
    <message>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <source>No check fits. Widen the search or the days.</source>
        <translation>No check fits. Widen the search or the days.</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Page before</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Whoever opens a record says why; the reason is recorded.</source>
        <translation>Whoever opens a record says why; the reason is recorded.</translation>
    </message>
    <message>
        <source>&amp;Why do you open it?</source>
        <translation>&amp;Why do you open it?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s)</source>
        <translation>
            <numerusform>%n check</numerusform>
            <numerusform>%n checks</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}: {1} to {2}</source>
        <translation>{0}: {1} to {2}</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Last 7 days</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>All days</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Newest first</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Oldest first</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Search</translation>
    </message>
    <message>
        <source>Da&amp;ys</source>
        <translation>Da&amp;ys</translation>
    </message>
    <message>
        <source>&amp;Direction</source>
        <translation>&amp;Direction</translation>
    </message>
    <message>
        <source>D&amp;ecision</source>
        <translation>D&amp;ecision</translation>
    </message>
    <message>
        <source>S&amp;tate</source>
        <translation>S&amp;tate</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>&amp;Order</translation>
    </message>
</context>
<context>
    <name>MrzField</name>
    <message>
        <source>Read a document, or type or paste its machine-readable zone</source>
        <translation>Read a document, or type or paste its machine-readable zone</translation>
    </message>
    <message>
        <source>Machine-readable zone</source>
        <translation>Machine-readable zone</translation>
    </message>
    <message>
        <source>no lines yet</source>
        <translation>no lines yet</translation>
    </message>
    <message>
        <source>Nothing was read. Read the document again.</source>
        <translation>Nothing was read. Read the document again.</translation>
    </message>
    <message>
        <source>Line {0} has {1} characters, {2} are needed. Correct it, or read the document again.</source>
        <translation>Line {0} has {1} characters, {2} are needed. Correct it, or read the document again.</translation>
    </message>
    <message>
        <source>A machine-readable zone has two or three lines. Read the document again.</source>
        <translation>A machine-readable zone has two or three lines. Read the document again.</translation>
    </message>
    <message>
        <source>This is no machine-readable zone. Read the document again.</source>
        <translation>This is no machine-readable zone. Read the document again.</translation>
    </message>
</context>
<context>
    <name>MrzWords</name>
    <message>
        <source>Check digit does not fit: compare.</source>
        <translation>Check digit does not fit: compare.</translation>
    </message>
    <message>
        <source>“{0}” cannot stand here. Compare with the document.</source>
        <translation>“{0}” cannot stand here. Compare with the document.</translation>
    </message>
    <message>
        <source>Not in the zone. Write it as the document says.</source>
        <translation>Not in the zone. Write it as the document says.</translation>
    </message>
    <message>
        <source>“{0}” is no date. Compare with the document.</source>
        <translation>“{0}” is no date. Compare with the document.</translation>
    </message>
    <message>
        <source>“{0}” is no State code we know. Compare with the document.</source>
        <translation>“{0}” is no State code we know. Compare with the document.</translation>
    </message>
    <message>
        <source>The fillers between the names look misread. Compare them.</source>
        <translation>The fillers between the names look misread. Compare them.</translation>
    </message>
    <message>
        <source>“{0}” is no kind of document. Compare with the document.</source>
        <translation>“{0}” is no kind of document. Compare with the document.</translation>
    </message>
    <message>
        <source>Compare this with the document.</source>
        <translation>Compare this with the document.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Birth</source>
        <translation>Birth</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>Expiry</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>Optional</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>Whole</translation>
    </message>
</context>
<context>
    <name>OfficersScreen</name>
    <message>
        <source>Officers of this workstation</source>
        <translation>Officers of this workstation</translation>
    </message>
    <message>
        <source>Nobody has a slot here.</source>
        <translation>Nobody has a slot here.</translation>
    </message>
    <message>
        <source>&amp;Why he leaves</source>
        <translation>&amp;Why he leaves</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Yes, let him in no more</source>
        <translation>Yes, let him in no more</translation>
    </message>
    <message>
        <source>Remove {0}? He is let in no more, at once.</source>
        <translation>Remove {0}? He is let in no more, at once.</translation>
    </message>
    <message>
        <source>{0} is let in no more. The files are given a new key at the next sign-in.</source>
        <translation>{0} is let in no more. The files are given a new key at the next sign-in.</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>Service number</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>By headquarters&apos; list</source>
        <translation>By headquarters&apos; list</translation>
    </message>
    <message>
        <source>left; kept, because nobody else could open this workstation</source>
        <translation>left; kept, because nobody else could open this workstation</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>suspended</translation>
    </message>
    <message>
        <source>left; removed at the next sign-in</source>
        <translation>left; removed at the next sign-in</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Officers</translation>
    </message>
    <message>
        <source>What he recorded stays. Nobody removes himself: so one remains.</source>
        <translation>What he recorded stays. Nobody removes himself: so one remains.</translation>
    </message>
</context>
<context>
    <name>OpinionPanel</name>
    <message>
        <source>Record the opinion</source>
        <translation>Record the opinion</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>Opinion</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comment</translation>
    </message>
    <message>
        <source>Officer {0} says: {1} ({2})</source>
        <translation>Officer {0} says: {1} ({2})</translation>
    </message>
</context>
<context>
    <name>OptionButton</name>
    <message>
        <source>Key {0}</source>
        <translation>Key {0}</translation>
    </message>
</context>
<context>
    <name>OutcomePanel</name>
    <message>
        <source>Outcome</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>&amp;Comment for the booth</source>
        <translation>&amp;Comment for the booth</translation>
    </message>
    <message>
        <source>Send the outcome</source>
        <translation>Send the outcome</translation>
    </message>
    <message>
        <source>Choose an outcome by its number.</source>
        <translation>Choose an outcome by its number.</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Lists</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Officers</translation>
    </message>
    <message>
        <source>First line</source>
        <translation>First line</translation>
    </message>
    <message>
        <source>Second line</source>
        <translation>Second line</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Hits</translation>
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
        <translation>Perhaps misread. Compare with the document:</translation>
    </message>
    <message>
        <source>{1}, not {0}</source>
        <translation>{1}, not {0}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Places</source>
        <translation>Places</translation>
    </message>
</context>
<context>
    <name>ReasonPanel</name>
    <message>
        <source>choose</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>&amp;Note, such as a file number</source>
        <translation>&amp;Note, such as a file number</translation>
    </message>
</context>
<context>
    <name>RecordPane</name>
    <message>
        <source>Record</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>officer {0}</source>
        <translation>officer {0}</translation>
    </message>
    <message>
        <source>workstation {0}</source>
        <translation>workstation {0}</translation>
    </message>
    <message>
        <source>entry {0}</source>
        <translation>entry {0}</translation>
    </message>
    <message>
        <source>Taken back at {0}</source>
        <translation>Taken back at {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n correction(s)</source>
        <translation>
            <numerusform>%n correction</numerusform>
            <numerusform>%n corrections</numerusform>
        </translation>
    </message>
    <message>
        <source>Traveller</source>
        <translation>Traveller</translation>
    </message>
    <message>
        <source>Crossing</source>
        <translation>Crossing</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Correction</translation>
    </message>
    <message>
        <source>{0}: was “{1}”, reads “{2}”</source>
        <translation>{0}: was “{1}”, reads “{2}”</translation>
    </message>
    <message>
        <source>Referred to second line</source>
        <translation>Referred to second line</translation>
    </message>
    <message>
        <source>Outcome of second line</source>
        <translation>Outcome of second line</translation>
    </message>
    <message>
        <source>Interview</source>
        <translation>Interview</translation>
    </message>
    <message>
        <source>addendum</source>
        <translation>addendum</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>Reviews</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>Opened by</translation>
    </message>
    <message>
        <source>{0}   (was {1})</source>
        <translation>{0}   (was {1})</translation>
    </message>
</context>
<context>
    <name>RecordScreen</name>
    <message>
        <source>Correct</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>Back to the log</source>
        <translation>Back to the log</translation>
    </message>
</context>
<context>
    <name>ReferPanel</name>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>&amp;Comment for second line</source>
        <translation>&amp;Comment for second line</translation>
    </message>
    <message>
        <source>Send to second line</source>
        <translation>Send to second line</translation>
    </message>
    <message>
        <source>Choose a reason by its number.</source>
        <translation>Choose a reason by its number.</translation>
    </message>
</context>
<context>
    <name>RefusePanel</name>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comment</translation>
    </message>
    <message>
        <source>Refuse entry</source>
        <translation>Refuse entry</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Record the report</source>
        <translation>Record the report</translation>
    </message>
    <message>
        <source>How</source>
        <translation>How</translation>
    </message>
    <message>
        <source>&amp;To whom</source>
        <translation>&amp;To whom</translation>
    </message>
    <message>
        <source>now</source>
        <translation>now</translation>
    </message>
    <message>
        <source>&amp;When</source>
        <translation>&amp;When</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Answer</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comment</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Review</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Reviewed</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>To review</translation>
    </message>
    <message>
        <source>Everything is reviewed.</source>
        <translation>Everything is reviewed.</translation>
    </message>
    <message>
        <source>&amp;Note to the author</source>
        <translation>&amp;Note to the author</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Countersign</source>
        <translation>Countersign</translation>
    </message>
    <message>
        <source>{0} of {1} reviewed</source>
        <translation>{0} of {1} reviewed</translation>
    </message>
    <message>
        <source>Enter opens the record chosen</source>
        <translation>Enter opens the record chosen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Officer</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>taken back</source>
        <translation>taken back</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>corrected</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Born</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Plate</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Direction</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>What followed</source>
        <translation>What followed</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Officer</translation>
    </message>
</context>
<context>
    <name>SecondLineScreen</name>
    <message>
        <source>Waiting for second line</source>
        <translation>Waiting for second line</translation>
    </message>
    <message>
        <source>This referral is no longer here.</source>
        <translation>This referral is no longer here.</translation>
    </message>
    <message>
        <source>Sent to the booth: {0} · {1}</source>
        <translation>Sent to the booth: {0} · {1}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Waiting</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Born</translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation>Nationality</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Referred by</source>
        <translation>Referred by</translation>
    </message>
    <message>
        <source>Opened by</source>
        <translation>Opened by</translation>
    </message>
    <message>
        <source>Nobody waits. Referrals from the booths appear here by themselves.</source>
        <translation>Nobody waits. Referrals from the booths appear here by themselves.</translation>
    </message>
    <message>
        <source>Enter opens the case. That it was opened is recorded.</source>
        <translation>Enter opens the case. That it was opened is recorded.</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Service &amp;number</source>
        <translation>Service &amp;number</translation>
    </message>
    <message>
        <source>&amp;Pass-phrase</source>
        <translation>&amp;Pass-phrase</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Opening the encrypted file …</source>
        <translation>Opening the encrypted file …</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>Latin letters</source>
        <translation>Latin letters</translation>
    </message>
    <message>
        <source>Cyrillic letters</source>
        <translation>Cyrillic letters</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Caps Lock is on</translation>
    </message>
    <message>
        <source>Checkpoint Client</source>
        <translation>Checkpoint Client</translation>
    </message>
    <message>
        <source>Demonstration: invented people and their pass-phrases</source>
        <translation>Demonstration: invented people and their pass-phrases</translation>
    </message>
</context>
<context>
    <name>StageWords</name>
    <message>
        <source>Setting up a central server …</source>
        <translation>Setting up a central server …</translation>
    </message>
    <message>
        <source>Publishing a watch-list …</source>
        <translation>Publishing a watch-list …</translation>
    </message>
    <message>
        <source>Enrolling this workstation …</source>
        <translation>Enrolling this workstation …</translation>
    </message>
    <message>
        <source>Letting the staff in …</source>
        <translation>Letting the staff in …</translation>
    </message>
    <message>
        <source>Recording the days before …</source>
        <translation>Recording the days before …</translation>
    </message>
    <message>
        <source>Ready.</source>
        <translation>Ready.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Line not tried yet</source>
        <translation>Line not tried yet</translation>
    </message>
    <message>
        <source>Version {0}</source>
        <translation>Version {0}</translation>
    </message>
    <message>
        <source>State of the workstation</source>
        <translation>State of the workstation</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Offline since {0}</source>
        <translation>Offline since {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) waiting</source>
        <translation>
            <numerusform>%n check waiting</numerusform>
            <numerusform>%n checks waiting</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>never</translation>
    </message>
    <message>
        <source>Last contact with the centre: {0}</source>
        <translation>Last contact with the centre: {0}</translation>
    </message>
    <message>
        <source>{0}: missing</source>
        <translation>{0}: missing</translation>
    </message>
</context>
<context>
    <name>StickPanel</name>
    <message>
        <source>F&amp;older of the stick</source>
        <translation>F&amp;older of the stick</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Leave it</translation>
    </message>
</context>
<context>
    <name>StickWords</name>
    <message>
        <source>{0} bundle(s) are on the stick and good, {1} are not.</source>
        <translation>{0} bundle(s) are on the stick and good, {1} are not.</translation>
    </message>
    <message>
        <source>Nothing waits, so nothing was written.</source>
        <translation>Nothing waits, so nothing was written.</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) are on the stick, encrypted, read back and found good. They count as waiting until the centre&apos;s answer comes back on a stick or over the line.</source>
        <translation>
            <numerusform>%n record is on the stick, encrypted, read back and found good. It counts as waiting until the centre&apos;s answer comes back on a stick or over the line.</numerusform>
            <numerusform>%n records are on the stick, encrypted, read back and found good. They count as waiting until the centre&apos;s answer comes back on a stick or over the line.</numerusform>
        </translation>
    </message>
    <message>
        <source>The centre was given two different entries at position {0} and keeps both. Call headquarters.</source>
        <translation>The centre was given two different entries at position {0} and keeps both. Call headquarters.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) for other workstations stay on it.</source>
        <translation>
            <numerusform>%n answer for other workstations stays on it.</numerusform>
            <numerusform>%n answers for other workstations stay on it.</numerusform>
        </translation>
    </message>
    <message>
        <source>The centre holds the first {0} records of this workstation.</source>
        <translation>The centre holds the first {0} records of this workstation.</translation>
    </message>
    <message>
        <source>The centre&apos;s answer is older than what is known here: nothing changes.</source>
        <translation>The centre&apos;s answer is older than what is known here: nothing changes.</translation>
    </message>
    <message>
        <source>The centre came back from a backup and holds {0} records: the rest is sent again.</source>
        <translation>The centre came back from a backup and holds {0} records: the rest is sent again.</translation>
    </message>
    <message>
        <source>The centre holds the first {0} records: they count as received from the next sign-in on.</source>
        <translation>The centre holds the first {0} records: they count as received from the next sign-in on.</translation>
    </message>
    <message>
        <source>The centre holds records that are not here any more: these were put back from a backup. Nothing is lost, and work goes on in a new journal.</source>
        <translation>The centre holds records that are not here any more: these were put back from a backup. Nothing is lost, and work goes on in a new journal.</translation>
    </message>
    <message>
        <source>The centre&apos;s answer is on an earlier journal of this workstation: nothing changes.</source>
        <translation>The centre&apos;s answer is on an earlier journal of this workstation: nothing changes.</translation>
    </message>
    <message>
        <source>This folder is not there. Put the stick in, and choose its folder.</source>
        <translation>This folder is not there. Put the stick in, and choose its folder.</translation>
    </message>
    <message>
        <source>What is called checkpoint-bundles on this stick is no folder of ours. Remove it, or take another stick.</source>
        <translation>What is called checkpoint-bundles on this stick is no folder of ours. Remove it, or take another stick.</translation>
    </message>
    <message>
        <source>There are far too many files on this stick. Take another one.</source>
        <translation>There are far too many files on this stick. Take another one.</translation>
    </message>
    <message>
        <source>The stick is full. Take another one for the rest.</source>
        <translation>The stick is full. Take another one for the rest.</translation>
    </message>
    <message>
        <source>The stick is write-protected. Take its lock off, or take another one.</source>
        <translation>The stick is write-protected. Take its lock off, or take another one.</translation>
    </message>
    <message>
        <source>The stick is gone. Put it in and begin again: nothing was lost here.</source>
        <translation>The stick is gone. Put it in and begin again: nothing was lost here.</translation>
    </message>
    <message>
        <source>The stick does not give back what was written to it. Take another one.</source>
        <translation>The stick does not give back what was written to it. Take another one.</translation>
    </message>
    <message>
        <source>The stick cannot be used ({0}). Take another one.</source>
        <translation>The stick cannot be used ({0}). Take another one.</translation>
    </message>
    <message>
        <source>not taken, it is a link, a folder or a device.</source>
        <translation>not taken, it is a link, a folder or a device.</translation>
    </message>
    <message>
        <source>not taken, it is larger than any answer of the centre.</source>
        <translation>not taken, it is larger than any answer of the centre.</translation>
    </message>
    <message>
        <source>not taken, it was cut or is no answer of the centre.</source>
        <translation>not taken, it was cut or is no answer of the centre.</translation>
    </message>
    <message>
        <source>not taken, it was encrypted for somebody else or altered.</source>
        <translation>not taken, it was encrypted for somebody else or altered.</translation>
    </message>
    <message>
        <source>not taken, the centre did not sign it. Somebody may be trying to make records look received. Call headquarters.</source>
        <translation>not taken, the centre did not sign it. Somebody may be trying to make records look received. Call headquarters.</translation>
    </message>
    <message>
        <source>not taken, it is the answer to another workstation under this one&apos;s name. Call headquarters.</source>
        <translation>not taken, it is the answer to another workstation under this one&apos;s name. Call headquarters.</translation>
    </message>
    <message>
        <source>not taken, it is of another service.</source>
        <translation>not taken, it is of another service.</translation>
    </message>
    <message>
        <source>not taken, its workstation is not known.</source>
        <translation>not taken, its workstation is not known.</translation>
    </message>
    <message>
        <source>not taken, the stick does not give it out.</source>
        <translation>not taken, the stick does not give it out.</translation>
    </message>
</context>
<context>
    <name>TakingIn</name>
    <message>
        <source>Attach</source>
        <translation>Attach</translation>
    </message>
</context>
<context>
    <name>Track</name>
    <message>
        <source>done</source>
        <translation>done</translation>
    </message>
    <message>
        <source>next</source>
        <translation>next</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Found</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Judged</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Second person</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Owner told</source>
        <translation>Owner told</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Closed</translation>
    </message>
</context>
<context>
    <name>TravellerForm</name>
    <message>
        <source>Ask in passing where the traveller is going, why and with whom.</source>
        <translation>Ask in passing where the traveller is going, why and with whom.</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>By hand</translation>
    </message>
    <message>
        <source>Enter a document by hand</source>
        <translation>Enter a document by hand</translation>
    </message>
    <message>
        <source>Take the document away</source>
        <translation>Take the document away</translation>
    </message>
    <message>
        <source>Read a document, enter one with F4, or say here why there is none.</source>
        <translation>Read a document, enter one with F4, or say here why there is none.</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>has a document</source>
        <translation>has a document</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Issuing State</source>
        <translation>Issuing State</translation>
    </message>
    <message>
        <source>Document &amp;number</source>
        <translation>Document &amp;number</translation>
    </message>
    <message>
        <source>Valid &amp;until</source>
        <translation>Valid &amp;until</translation>
    </message>
    <message>
        <source>Wh&amp;y there is no document</source>
        <translation>Wh&amp;y there is no document</translation>
    </message>
    <message>
        <source>&amp;Surname</source>
        <translation>&amp;Surname</translation>
    </message>
    <message>
        <source>&amp;Given names</source>
        <translation>&amp;Given names</translation>
    </message>
    <message>
        <source>Patronymic</source>
        <translation>Patronymic</translation>
    </message>
    <message>
        <source>&amp;Born</source>
        <translation>&amp;Born</translation>
    </message>
    <message>
        <source>Se&amp;x</source>
        <translation>Se&amp;x</translation>
    </message>
    <message>
        <source>Nati&amp;onality</source>
        <translation>Nati&amp;onality</translation>
    </message>
    <message>
        <source>Personal number</source>
        <translation>Personal number</translation>
    </message>
    <message>
        <source>Name in own script</source>
        <translation>Name in own script</translation>
    </message>
    <message>
        <source>&amp;Purpose</source>
        <translation>&amp;Purpose</translation>
    </message>
    <message>
        <source>Bas&amp;is</source>
        <translation>Bas&amp;is</translation>
    </message>
    <message>
        <source>&amp;Destination</source>
        <translation>&amp;Destination</translation>
    </message>
    <message>
        <source>Travels wit&amp;h</source>
        <translation>Travels wit&amp;h</translation>
    </message>
    <message>
        <source>Di&amp;rection</source>
        <translation>Di&amp;rection</translation>
    </message>
    <message>
        <source>&amp;Way</source>
        <translation>&amp;Way</translation>
    </message>
    <message>
        <source>&amp;Lane</source>
        <translation>&amp;Lane</translation>
    </message>
    <message>
        <source>Plat&amp;e</source>
        <translation>Plat&amp;e</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>&amp;Vehicle</source>
        <translation>&amp;Vehicle</translation>
    </message>
    <message>
        <source>VIN</source>
        <translation>VIN</translation>
    </message>
    <message>
        <source>Rou&amp;te</source>
        <translation>Rou&amp;te</translation>
    </message>
    <message>
        <source>Re&amp;marks</source>
        <translation>Re&amp;marks</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>Put away</source>
        <translation>Put away</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Wrong pass-phrase. Before the next try you have to wait.</source>
        <translation>Wrong pass-phrase. Before the next try you have to wait.</translation>
    </message>
    <message numerus="yes">
        <source>Wrong pass-phrase. %n more may be tried at once.</source>
        <translation>
            <numerusform>Wrong pass-phrase. %n more may be tried at once.</numerusform>
            <numerusform>Wrong pass-phrase. %n more may be tried at once.</numerusform>
        </translation>
    </message>
    <message>
        <source>Too many wrong pass-phrases. Try again after {0}.</source>
        <translation>Too many wrong pass-phrases. Try again after {0}.</translation>
    </message>
    <message>
        <source>This service number is not known here. A supervisor can add it.</source>
        <translation>This service number is not known here. A supervisor can add it.</translation>
    </message>
    <message>
        <source>By headquarters&apos; list this officer is not in service. Ask your supervisor.</source>
        <translation>By headquarters&apos; list this officer is not in service. Ask your supervisor.</translation>
    </message>
    <message>
        <source>The list of officers is older than these records. Put the newest one back, or ask headquarters.</source>
        <translation>The list of officers is older than these records. Put the newest one back, or ask headquarters.</translation>
    </message>
    <message>
        <source>The disk could not be read or written, so nothing was recorded. See that it is in place and has room, then try again. What was shown as recorded is safe.</source>
        <translation>The disk could not be read or written, so nothing was recorded. See that it is in place and has room, then try again. What was shown as recorded is safe.</translation>
    </message>
    <message>
        <source>Another program is writing into the records just now. Nothing was recorded; try again.</source>
        <translation>Another program is writing into the records just now. Nothing was recorded; try again.</translation>
    </message>
    <message>
        <source>The records&apos; file cannot be opened or written: see that its folder is there and that this account may write in it.</source>
        <translation>The records&apos; file cannot be opened or written: see that its folder is there and that this account may write in it.</translation>
    </message>
    <message>
        <source>The file {0} was made on another machine. Put it back from the newest backup, or ask headquarters.</source>
        <translation>The file {0} was made on another machine. Put it back from the newest backup, or ask headquarters.</translation>
    </message>
    <message>
        <source>The file {0} is missing or damaged. Put it back from the newest backup, or ask headquarters.</source>
        <translation>The file {0} is missing or damaged. Put it back from the newest backup, or ask headquarters.</translation>
    </message>
    <message>
        <source>A newer version of the program wrote these files. Install that version here.</source>
        <translation>A newer version of the program wrote these files. Install that version here.</translation>
    </message>
    <message>
        <source>The disk is full: nothing more can be recorded. Free some space, then try again. What was shown as recorded is safe.</source>
        <translation>The disk is full: nothing more can be recorded. Free some space, then try again. What was shown as recorded is safe.</translation>
    </message>
    <message>
        <source>The records&apos; file cannot be opened with this workstation&apos;s key. Nothing was changed; call your IT staff.</source>
        <translation>The records&apos; file cannot be opened with this workstation&apos;s key. Nothing was changed; call your IT staff.</translation>
    </message>
    <message>
        <source>The records&apos; file is damaged. Stop work on this workstation and call your IT staff.</source>
        <translation>The records&apos; file is damaged. Stop work on this workstation and call your IT staff.</translation>
    </message>
    <message>
        <source>A file cannot be read or written ({0}). Call your IT staff.</source>
        <translation>A file cannot be read or written ({0}). Call your IT staff.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Your role does not allow this.</translation>
    </message>
    <message>
        <source>Something went wrong in the program itself. What was shown as recorded is safe; you can go on. Tell your IT staff: {0}</source>
        <translation>Something went wrong in the program itself. What was shown as recorded is safe; you can go on. Tell your IT staff: {0}</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>Record the verdict</source>
        <translation>Record the verdict</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Verdict</translation>
    </message>
    <message>
        <source>a colleague will say</source>
        <translation>a colleague will say</translation>
    </message>
    <message>
        <source>Nobody &amp;else is here</source>
        <translation>Nobody &amp;else is here</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Comment</translation>
    </message>
    <message>
        <source>A second person must agree. If nobody is here, say why: it is reviewed.</source>
        <translation>A second person must agree. If nobody is here, say why: it is reviewed.</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>The attachment</source>
        <translation>The attachment</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>Full size</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Choose a folder and export</source>
        <translation>Choose a folder and export</translation>
    </message>
    <message>
        <source>This picture cannot be drawn: its content is damaged.</source>
        <translation>This picture cannot be drawn: its content is damaged.</translation>
    </message>
    <message>
        <source>A PDF cannot be shown in this window.</source>
        <translation>A PDF cannot be shown in this window.</translation>
    </message>
    <message>
        <source>It can be exported, with a reason, and opened elsewhere.</source>
        <translation>It can be exported, with a reason, and opened elsewhere.</translation>
    </message>
    <message>
        <source>Once the notes are closed, it can be exported from the log.</source>
        <translation>Once the notes are closed, it can be exported from the log.</translation>
    </message>
    <message>
        <source>Written. The file is readable for anybody: that you exported it is recorded.</source>
        <translation>Written. The file is readable for anybody: that you exported it is recorded.</translation>
    </message>
    <message>
        <source>Whoever exports says why; the reason is recorded before it is written.</source>
        <translation>Whoever exports says why; the reason is recorded before it is written.</translation>
    </message>
    <message>
        <source>&amp;Why do you export it?</source>
        <translation>&amp;Why do you export it?</translation>
    </message>
</context>
<context>
    <name>Viewing</name>
    <message>
        <source>Export into this folder</source>
        <translation>Export into this folder</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Show the keys</source>
        <translation>Show the keys</translation>
    </message>
    <message>
        <source>Sign out: the shift is over</source>
        <translation>Sign out: the shift is over</translation>
    </message>
    <message>
        <source>lane {0}</source>
        <translation>lane {0}</translation>
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
        <translation>Correct this field ({0}).</translation>
    </message>
    <message>
        <source>less than an hour old</source>
        <translation>less than an hour old</translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) old</source>
        <translation>
            <numerusform>%n hour old</numerusform>
            <numerusform>%n hours old</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) old</source>
        <translation>
            <numerusform>%n day old</numerusform>
            <numerusform>%n days old</numerusform>
        </translation>
    </message>
    <message>
        <source>Watch-list</source>
        <translation>Watch-list</translation>
    </message>
    <message>
        <source>Lost documents</source>
        <translation>Lost documents</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Officers</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Templates</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programs</translation>
    </message>
    <message>
        <source>Headquarters has ordered this workstation to be wiped. What was recorded here and not sent yet goes to headquarters first: one officer signs in once more, then nobody. Work on at another workstation.</source>
        <translation>Headquarters has ordered this workstation to be wiped. What was recorded here and not sent yet goes to headquarters first: one officer signs in once more, then nobody. Work on at another workstation.</translation>
    </message>
    <message>
        <source>Headquarters has ordered this workstation to be wiped: nobody signs in here any more. What was recorded is kept for headquarters. Work on at another workstation and call headquarters.</source>
        <translation>Headquarters has ordered this workstation to be wiped: nobody signs in here any more. What was recorded is kept for headquarters. Work on at another workstation and call headquarters.</translation>
    </message>
    <message>
        <source>This workstation was wiped by order of headquarters: nobody signs in here any more. What was recorded is kept for headquarters. Work on at another workstation and call headquarters.</source>
        <translation>This workstation was wiped by order of headquarters: nobody signs in here any more. What was recorded is kept for headquarters. Work on at another workstation and call headquarters.</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Exit</translation>
    </message>
    <message>
        <source>Transit, entry</source>
        <translation>Transit, entry</translation>
    </message>
    <message>
        <source>Transit, exit</source>
        <translation>Transit, exit</translation>
    </message>
    <message>
        <source>Returned by the neighbour</source>
        <translation>Returned by the neighbour</translation>
    </message>
    <message>
        <source>On foot</source>
        <translation>On foot</translation>
    </message>
    <message>
        <source>Road</source>
        <translation>Road</translation>
    </message>
    <message>
        <source>Rail</source>
        <translation>Rail</translation>
    </message>
    <message>
        <source>Air</source>
        <translation>Air</translation>
    </message>
    <message>
        <source>Inland water</source>
        <translation>Inland water</translation>
    </message>
    <message>
        <source>Tourism</source>
        <translation>Tourism</translation>
    </message>
    <message>
        <source>Private visit</source>
        <translation>Private visit</translation>
    </message>
    <message>
        <source>Business</source>
        <translation>Business</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Work</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Study</translation>
    </message>
    <message>
        <source>Transit</source>
        <translation>Transit</translation>
    </message>
    <message>
        <source>Medical treatment</source>
        <translation>Medical treatment</translation>
    </message>
    <message>
        <source>Official</source>
        <translation>Official</translation>
    </message>
    <message>
        <source>Crew or driver</source>
        <translation>Crew or driver</translation>
    </message>
    <message>
        <source>Local border traffic</source>
        <translation>Local border traffic</translation>
    </message>
    <message>
        <source>Return home</source>
        <translation>Return home</translation>
    </message>
    <message>
        <source>Asks for protection</source>
        <translation>Asks for protection</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>Visa-free</source>
        <translation>Visa-free</translation>
    </message>
    <message>
        <source>Visa</source>
        <translation>Visa</translation>
    </message>
    <message>
        <source>Electronic visa</source>
        <translation>Electronic visa</translation>
    </message>
    <message>
        <source>Visa at the border</source>
        <translation>Visa at the border</translation>
    </message>
    <message>
        <source>Residence permit</source>
        <translation>Residence permit</translation>
    </message>
    <message>
        <source>Bilateral agreement</source>
        <translation>Bilateral agreement</translation>
    </message>
    <message>
        <source>Diplomatic</source>
        <translation>Diplomatic</translation>
    </message>
    <message>
        <source>Border-area resident</source>
        <translation>Border-area resident</translation>
    </message>
    <message>
        <source>Refugee</source>
        <translation>Refugee</translation>
    </message>
    <message>
        <source>National</source>
        <translation>National</translation>
    </message>
    <message>
        <source>Minimum check</source>
        <translation>Minimum check</translation>
    </message>
    <message>
        <source>Thorough check</source>
        <translation>Thorough check</translation>
    </message>
    <message>
        <source>Relaxed check</source>
        <translation>Relaxed check</translation>
    </message>
    <message>
        <source>Admitted</source>
        <translation>Admitted</translation>
    </message>
    <message>
        <source>Referred</source>
        <translation>Referred</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>Car</source>
        <translation>Car</translation>
    </message>
    <message>
        <source>Minibus</source>
        <translation>Minibus</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>Bus</translation>
    </message>
    <message>
        <source>Truck</source>
        <translation>Truck</translation>
    </message>
    <message>
        <source>Motorcycle</source>
        <translation>Motorcycle</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Train</translation>
    </message>
    <message>
        <source>A  No valid travel document</source>
        <translation>A  No valid travel document</translation>
    </message>
    <message>
        <source>B  False, counterfeit or forged travel document</source>
        <translation>B  False, counterfeit or forged travel document</translation>
    </message>
    <message>
        <source>C  No valid visa or residence permit</source>
        <translation>C  No valid visa or residence permit</translation>
    </message>
    <message>
        <source>D  False, counterfeit or forged visa or permit</source>
        <translation>D  False, counterfeit or forged visa or permit</translation>
    </message>
    <message>
        <source>E  Purpose and conditions of stay not shown</source>
        <translation>E  Purpose and conditions of stay not shown</translation>
    </message>
    <message>
        <source>F  Permitted stay already used up</source>
        <translation>F  Permitted stay already used up</translation>
    </message>
    <message>
        <source>G  Not enough means of subsistence</source>
        <translation>G  Not enough means of subsistence</translation>
    </message>
    <message>
        <source>H  An alert for refusing entry</source>
        <translation>H  An alert for refusing entry</translation>
    </message>
    <message>
        <source>I  A threat to public order, security or health</source>
        <translation>I  A threat to public order, security or health</translation>
    </message>
    <message>
        <source>National ground (write which)</source>
        <translation>National ground (write which)</translation>
    </message>
    <message>
        <source>Slip of the hand</source>
        <translation>Slip of the hand</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>Female</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Male</translation>
    </message>
    <message>
        <source>Unspecified</source>
        <translation>Unspecified</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>Passport</translation>
    </message>
    <message>
        <source>Identity card</source>
        <translation>Identity card</translation>
    </message>
    <message>
        <source>Refugee&apos;s travel document</source>
        <translation>Refugee&apos;s travel document</translation>
    </message>
    <message>
        <source>Stateless person&apos;s travel document</source>
        <translation>Stateless person&apos;s travel document</translation>
    </message>
    <message>
        <source>Diplomatic passport</source>
        <translation>Diplomatic passport</translation>
    </message>
    <message>
        <source>Service passport</source>
        <translation>Service passport</translation>
    </message>
    <message>
        <source>Emergency travel document</source>
        <translation>Emergency travel document</translation>
    </message>
    <message>
        <source>Laissez-passer</source>
        <translation>Laissez-passer</translation>
    </message>
    <message>
        <source>Seafarer&apos;s identity document</source>
        <translation>Seafarer&apos;s identity document</translation>
    </message>
    <message>
        <source>Crew member certificate</source>
        <translation>Crew member certificate</translation>
    </message>
    <message>
        <source>Return certificate</source>
        <translation>Return certificate</translation>
    </message>
    <message>
        <source>Birth certificate</source>
        <translation>Birth certificate</translation>
    </message>
    <message>
        <source>Other document</source>
        <translation>Other document</translation>
    </message>
    <message>
        <source>Document reader</source>
        <translation>Document reader</translation>
    </message>
    <message>
        <source>MRZ typed</source>
        <translation>MRZ typed</translation>
    </message>
    <message>
        <source>MRZ pasted</source>
        <translation>MRZ pasted</translation>
    </message>
    <message>
        <source>Entered by hand</source>
        <translation>Entered by hand</translation>
    </message>
    <message>
        <source>From an earlier register</source>
        <translation>From an earlier register</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Lost</translation>
    </message>
    <message>
        <source>Stolen</source>
        <translation>Stolen</translation>
    </message>
    <message>
        <source>Left behind</source>
        <translation>Left behind</translation>
    </message>
    <message>
        <source>Taken away by others</source>
        <translation>Taken away by others</translation>
    </message>
    <message>
        <source>Child entered in a parent&apos;s document</source>
        <translation>Child entered in a parent&apos;s document</translation>
    </message>
    <message>
        <source>Destroyed</source>
        <translation>Destroyed</translation>
    </message>
    <message>
        <source>Other reason</source>
        <translation>Other reason</translation>
    </message>
    <message>
        <source>Fresh</source>
        <translation>Fresh</translation>
    </message>
    <message>
        <source>Old</source>
        <translation>Old</translation>
    </message>
    <message>
        <source>Not current</source>
        <translation>Not current</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>Doubt about the document</source>
        <translation>Doubt about the document</translation>
    </message>
    <message>
        <source>Doubt about the identity</source>
        <translation>Doubt about the identity</translation>
    </message>
    <message>
        <source>Possible hit</source>
        <translation>Possible hit</translation>
    </message>
    <message>
        <source>Doubt about the purpose</source>
        <translation>Doubt about the purpose</translation>
    </message>
    <message>
        <source>Doubt about the stay</source>
        <translation>Doubt about the stay</translation>
    </message>
    <message>
        <source>Signs of human trafficking</source>
        <translation>Signs of human trafficking</translation>
    </message>
    <message>
        <source>Unaccompanied minor</source>
        <translation>Unaccompanied minor</translation>
    </message>
    <message>
        <source>No document</source>
        <translation>No document</translation>
    </message>
    <message>
        <source>Refusal proposed</source>
        <translation>Refusal proposed</translation>
    </message>
    <message>
        <source>Second line</source>
        <translation>Second line</translation>
    </message>
    <message>
        <source>Document fraud</source>
        <translation>Document fraud</translation>
    </message>
    <message>
        <source>Human trafficking</source>
        <translation>Human trafficking</translation>
    </message>
    <message>
        <source>Wish for protection</source>
        <translation>Wish for protection</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>Witness</translation>
    </message>
    <message>
        <source>Smuggling of migrants</source>
        <translation>Smuggling of migrants</translation>
    </message>
    <message>
        <source>Customs</source>
        <translation>Customs</translation>
    </message>
    <message>
        <source>Protection of a child</source>
        <translation>Protection of a child</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>Refused to sign</source>
        <translation>Refused to sign</translation>
    </message>
    <message>
        <source>Unable to sign</source>
        <translation>Unable to sign</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>Admit</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>Transfer to the police</source>
        <translation>Transfer to the police</translation>
    </message>
    <message>
        <source>Transfer to victim support</source>
        <translation>Transfer to victim support</translation>
    </message>
    <message>
        <source>Transfer to child protection</source>
        <translation>Transfer to child protection</translation>
    </message>
    <message>
        <source>Transfer to the asylum authority</source>
        <translation>Transfer to the asylum authority</translation>
    </message>
    <message>
        <source>Transfer to medical care</source>
        <translation>Transfer to medical care</translation>
    </message>
    <message>
        <source>Transfer to customs</source>
        <translation>Transfer to customs</translation>
    </message>
    <message>
        <source>For second line</source>
        <translation>For second line</translation>
    </message>
    <message>
        <source>For supervisors only</source>
        <translation>For supervisors only</translation>
    </message>
    <message>
        <source>Closed for supervisors: only they can read the text.</source>
        <translation>Closed for supervisors: only they can read the text.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Second person</translation>
    </message>
    <message>
        <source>To report</source>
        <translation>To report</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>To review</translation>
    </message>
    <message>
        <source>Only possible</source>
        <translation>Only possible</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>All hits</source>
        <translation>All hits</translation>
    </message>
    <message>
        <source>New</source>
        <translation>New</translation>
    </message>
    <message>
        <source>Being looked at</source>
        <translation>Being looked at</translation>
    </message>
    <message>
        <source>Waits for a second person</source>
        <translation>Waits for a second person</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>Not the same</translation>
    </message>
    <message>
        <source>Cannot be said</source>
        <translation>Cannot be said</translation>
    </message>
    <message>
        <source>Action taken</source>
        <translation>Action taken</translation>
    </message>
    <message>
        <source>Owner told</source>
        <translation>Owner told</translation>
    </message>
    <message>
        <source>Found at the check</source>
        <translation>Found at the check</translation>
    </message>
    <message>
        <source>Found later</source>
        <translation>Found later</translation>
    </message>
    <message>
        <source>same</source>
        <translation>same</translation>
    </message>
    <message>
        <source>similar</source>
        <translation>similar</translation>
    </message>
    <message>
        <source>different</source>
        <translation>different</translation>
    </message>
    <message>
        <source>only one side</source>
        <translation>only one side</translation>
    </message>
    <message>
        <source>Detained</source>
        <translation>Detained</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Handed over</translation>
    </message>
    <message>
        <source>Entry refused</source>
        <translation>Entry refused</translation>
    </message>
    <message>
        <source>Exit refused</source>
        <translation>Exit refused</translation>
    </message>
    <message>
        <source>Object seized</source>
        <translation>Object seized</translation>
    </message>
    <message>
        <source>Document seized</source>
        <translation>Document seized</translation>
    </message>
    <message>
        <source>Placed under protection</source>
        <translation>Placed under protection</translation>
    </message>
    <message>
        <source>Whereabouts noted</source>
        <translation>Whereabouts noted</translation>
    </message>
    <message>
        <source>Information collected</source>
        <translation>Information collected</translation>
    </message>
    <message>
        <source>Interviewed</source>
        <translation>Interviewed</translation>
    </message>
    <message>
        <source>Searched</source>
        <translation>Searched</translation>
    </message>
    <message>
        <source>Let go on</source>
        <translation>Let go on</translation>
    </message>
    <message>
        <source>Not possible (say why)</source>
        <translation>Not possible (say why)</translation>
    </message>
    <message>
        <source>Something else (say what)</source>
        <translation>Something else (say what)</translation>
    </message>
    <message>
        <source>By telephone</source>
        <translation>By telephone</translation>
    </message>
    <message>
        <source>By radio</source>
        <translation>By radio</translation>
    </message>
    <message>
        <source>By message</source>
        <translation>By message</translation>
    </message>
    <message>
        <source>By courier</source>
        <translation>By courier</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>In person</translation>
    </message>
    <message>
        <source>Otherwise (say how)</source>
        <translation>Otherwise (say how)</translation>
    </message>
    <message>
        <source>a  The person was located</source>
        <translation>a  The person was located</translation>
    </message>
    <message>
        <source>b  Place, time and reason of the check</source>
        <translation>b  Place, time and reason of the check</translation>
    </message>
    <message>
        <source>c  Route and destination</source>
        <translation>c  Route and destination</translation>
    </message>
    <message>
        <source>d  Companions and occupants</source>
        <translation>d  Companions and occupants</translation>
    </message>
    <message>
        <source>e  Identity shown, description</source>
        <translation>e  Identity shown, description</translation>
    </message>
    <message>
        <source>f  Vehicle or object used</source>
        <translation>f  Vehicle or object used</translation>
    </message>
    <message>
        <source>g  Things and documents carried</source>
        <translation>g  Things and documents carried</translation>
    </message>
    <message>
        <source>h  Circumstances</source>
        <translation>h  Circumstances</translation>
    </message>
    <message>
        <source>i  What else the alert asks for</source>
        <translation>i  What else the alert asks for</translation>
    </message>
    <message>
        <source>Collected</source>
        <translation>Collected</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Not possible</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Not asked</translation>
    </message>
    <message>
        <source>The owner has withdrawn the alert</source>
        <translation>The owner has withdrawn the alert</translation>
    </message>
    <message>
        <source>The alert has expired</source>
        <translation>The alert has expired</translation>
    </message>
    <message>
        <source>The owner has changed the alert</source>
        <translation>The owner has changed the alert</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>The same</translation>
    </message>
    <message>
        <source>Cannot say</source>
        <translation>Cannot say</translation>
    </message>
    <message>
        <source>Same document</source>
        <translation>Same document</translation>
    </message>
    <message>
        <source>Same personal number</source>
        <translation>Same personal number</translation>
    </message>
    <message>
        <source>Same name and birth</source>
        <translation>Same name and birth</translation>
    </message>
    <message>
        <source>Same face on the photograph</source>
        <translation>Same face on the photograph</translation>
    </message>
    <message>
        <source>Same fingerprints</source>
        <translation>Same fingerprints</translation>
    </message>
    <message>
        <source>Same vehicle or object</source>
        <translation>Same vehicle or object</translation>
    </message>
    <message>
        <source>Says so himself</source>
        <translation>Says so himself</translation>
    </message>
    <message>
        <source>The owner says yes</source>
        <translation>The owner says yes</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>Another name</translation>
    </message>
    <message>
        <source>Another date of birth</source>
        <translation>Another date of birth</translation>
    </message>
    <message>
        <source>Another sex</source>
        <translation>Another sex</translation>
    </message>
    <message>
        <source>Another nationality</source>
        <translation>Another nationality</translation>
    </message>
    <message>
        <source>Another face on the photograph</source>
        <translation>Another face on the photograph</translation>
    </message>
    <message>
        <source>Other fingerprints</source>
        <translation>Other fingerprints</translation>
    </message>
    <message>
        <source>Other documents in the past</source>
        <translation>Other documents in the past</translation>
    </message>
    <message>
        <source>Another vehicle or object</source>
        <translation>Another vehicle or object</translation>
    </message>
    <message>
        <source>The owner says no</source>
        <translation>The owner says no</translation>
    </message>
    <message>
        <source>Too little is known</source>
        <translation>Too little is known</translation>
    </message>
    <message>
        <source>The owner cannot be reached</source>
        <translation>The owner cannot be reached</translation>
    </message>
    <message>
        <source>The traveller has gone on</source>
        <translation>The traveller has gone on</translation>
    </message>
    <message>
        <source>Alone on shift</source>
        <translation>Alone on shift</translation>
    </message>
    <message>
        <source>The others are engaged</source>
        <translation>The others are engaged</translation>
    </message>
    <message>
        <source>Nobody could be reached</source>
        <translation>Nobody could be reached</translation>
    </message>
    <message>
        <source>Danger: it could not wait</source>
        <translation>Danger: it could not wait</translation>
    </message>
    <message>
        <source>I agree: the same</source>
        <translation>I agree: the same</translation>
    </message>
    <message>
        <source>I disagree</source>
        <translation>I disagree</translation>
    </message>
    <message>
        <source>Typing error</source>
        <translation>Typing error</translation>
    </message>
    <message>
        <source>New information</source>
        <translation>New information</translation>
    </message>
    <message>
        <source>Wrong document</source>
        <translation>Wrong document</translation>
    </message>
    <message>
        <source>After the supervisor&apos;s question</source>
        <translation>After the supervisor&apos;s question</translation>
    </message>
    <message>
        <source>Addendum</source>
        <translation>Addendum</translation>
    </message>
    <message>
        <source>Countersigned</source>
        <translation>Countersigned</translation>
    </message>
    <message>
        <source>Questioned</source>
        <translation>Questioned</translation>
    </message>
    <message>
        <source>Second-line work</source>
        <translation>Second-line work</translation>
    </message>
    <message>
        <source>Work on a hit</source>
        <translation>Work on a hit</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>Supervision</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Correction</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>Court</source>
        <translation>Court</translation>
    </message>
    <message>
        <source>Request of the person concerned</source>
        <translation>Request of the person concerned</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exported</translation>
    </message>
    <message>
        <source>Officer, first line</source>
        <translation>Officer, first line</translation>
    </message>
    <message>
        <source>Officer, second line</source>
        <translation>Officer, second line</translation>
    </message>
    <message>
        <source>Shift supervisor</source>
        <translation>Shift supervisor</translation>
    </message>
    <message>
        <source>IT administrator</source>
        <translation>IT administrator</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>Auditor</translation>
    </message>
    <message>
        <source>Clock right</source>
        <translation>Clock right</translation>
    </message>
    <message>
        <source>Clock drifts</source>
        <translation>Clock drifts</translation>
    </message>
    <message>
        <source>Clock not compared</source>
        <translation>Clock not compared</translation>
    </message>
    <message>
        <source>All checks</source>
        <translation>All checks</translation>
    </message>
    <message>
        <source>Without those taken back</source>
        <translation>Without those taken back</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corrected</translation>
    </message>
    <message>
        <source>At second line</source>
        <translation>At second line</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>Not reviewed</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Document number</source>
        <translation>Document number</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Officer</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Signed out</translation>
    </message>
    <message>
        <source>Workstation started</source>
        <translation>Workstation started</translation>
    </message>
    <message>
        <source>List taken into use</source>
        <translation>List taken into use</translation>
    </message>
    <message>
        <source>Records put back; new journal begun</source>
        <translation>Records put back; new journal begun</translation>
    </message>
    <message>
        <source>Old records erased</source>
        <translation>Old records erased</translation>
    </message>
    <message>
        <source>Workstation&apos;s keys renewed; new journal</source>
        <translation>Workstation&apos;s keys renewed; new journal</translation>
    </message>
    <message>
        <source>Officer&apos;s slot taken away</source>
        <translation>Officer&apos;s slot taken away</translation>
    </message>
    <message>
        <source>Records given a new key</source>
        <translation>Records given a new key</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Direction</translation>
    </message>
    <message>
        <source>Way of travel</source>
        <translation>Way of travel</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Lane</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Post</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Surname</source>
        <translation>Surname</translation>
    </message>
    <message>
        <source>Given names</source>
        <translation>Given names</translation>
    </message>
    <message>
        <source>Patronymic</source>
        <translation>Patronymic</translation>
    </message>
    <message>
        <source>Name in own script</source>
        <translation>Name in own script</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Date of birth</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Sex</translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation>Nationality</translation>
    </message>
    <message>
        <source>Personal number</source>
        <translation>Personal number</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Issuing State</source>
        <translation>Issuing State</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>How it was read</source>
        <translation>How it was read</translation>
    </message>
    <message>
        <source>Machine-readable zone</source>
        <translation>Machine-readable zone</translation>
    </message>
    <message>
        <source>Why there is no document</source>
        <translation>Why there is no document</translation>
    </message>
    <message>
        <source>Registration plate</source>
        <translation>Registration plate</translation>
    </message>
    <message>
        <source>Plate&apos;s country</source>
        <translation>Plate&apos;s country</translation>
    </message>
    <message>
        <source>Kind of vehicle</source>
        <translation>Kind of vehicle</translation>
    </message>
    <message>
        <source>Vehicle number (VIN)</source>
        <translation>Vehicle number (VIN)</translation>
    </message>
    <message>
        <source>Purpose of journey</source>
        <translation>Purpose of journey</translation>
    </message>
    <message>
        <source>Basis of entry</source>
        <translation>Basis of entry</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Travels with</source>
        <translation>Travels with</translation>
    </message>
    <message>
        <source>Level of check</source>
        <translation>Level of check</translation>
    </message>
    <message>
        <source>Grounds</source>
        <translation>Grounds</translation>
    </message>
    <message>
        <source>National ground</source>
        <translation>National ground</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>Number in the earlier register</source>
        <translation>Number in the earlier register</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Lists consulted</source>
        <translation>Lists consulted</translation>
    </message>
    <message>
        <source>Other names</source>
        <translation>Other names</translation>
    </message>
    <message>
        <source>the proxy does not let us through</source>
        <translation>the proxy does not let us through</translation>
    </message>
    <message>
        <source>another certificate than the centre&apos;s: tell IT</source>
        <translation>another certificate than the centre&apos;s: tell IT</translation>
    </message>
    <message>
        <source>another server answers: tell IT</source>
        <translation>another server answers: tell IT</translation>
    </message>
    <message>
        <source>the centre does not know this workstation: tell IT</source>
        <translation>the centre does not know this workstation: tell IT</translation>
    </message>
    <message>
        <source>the centre refuses: tell IT</source>
        <translation>the centre refuses: tell IT</translation>
    </message>
    <message>
        <source>the centre finds the message too large: tell IT</source>
        <translation>the centre finds the message too large: tell IT</translation>
    </message>
    <message>
        <source>the centre has a fault</source>
        <translation>the centre has a fault</translation>
    </message>
    <message>
        <source>the centre&apos;s disk is full: nothing is lost, it is tried again</source>
        <translation>the centre&apos;s disk is full: nothing is lost, it is tried again</translation>
    </message>
    <message>
        <source>the disk is full here: tell IT</source>
        <translation>the disk is full here: tell IT</translation>
    </message>
    <message>
        <source>the line has a fault: tell IT</source>
        <translation>the line has a fault: tell IT</translation>
    </message>
    <message>
        <source>the line is not set up: tell IT</source>
        <translation>the line is not set up: tell IT</translation>
    </message>
    <message>
        <source>the newest list is not genuine and was not taken</source>
        <translation>the newest list is not genuine and was not taken</translation>
    </message>
    <message>
        <source>an order that is not genuine came and was not obeyed: tell IT</source>
        <translation>an order that is not genuine came and was not obeyed: tell IT</translation>
    </message>
    <message>
        <source>headquarters has ordered this workstation to be wiped</source>
        <translation>headquarters has ordered this workstation to be wiped</translation>
    </message>
    <message>
        <source>the centre holds another journal of this workstation: tell IT</source>
        <translation>the centre holds another journal of this workstation: tell IT</translation>
    </message>
    <message>
        <source>this workstation must be enrolled anew: tell IT</source>
        <translation>this workstation must be enrolled anew: tell IT</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>This is needed.</translation>
    </message>
    <message>
        <source>Nobody removes himself: ask another supervisor.</source>
        <translation>Nobody removes himself: ask another supervisor.</translation>
    </message>
    <message>
        <source>Nobody with this number has a slot here.</source>
        <translation>Nobody with this number has a slot here.</translation>
    </message>
    <message>
        <source>Shorten this: it is longer than one record holds.</source>
        <translation>Shorten this: it is longer than one record holds.</translation>
    </message>
    <message>
        <source>Write the date as day.month.year, as 05.03.1984, or only what is known.</source>
        <translation>Write the date as day.month.year, as 05.03.1984, or only what is known.</translation>
    </message>
    <message>
        <source>Write the surname.</source>
        <translation>Write the surname.</translation>
    </message>
    <message>
        <source>Write the date of birth, or ? if unknown.</source>
        <translation>Write the date of birth, or ? if unknown.</translation>
    </message>
    <message>
        <source>Choose the sex as in the document.</source>
        <translation>Choose the sex as in the document.</translation>
    </message>
    <message>
        <source>Write the State&apos;s three-letter code.</source>
        <translation>Write the State&apos;s three-letter code.</translation>
    </message>
    <message>
        <source>Write the code of the State that issued it.</source>
        <translation>Write the code of the State that issued it.</translation>
    </message>
    <message>
        <source>Write the document number.</source>
        <translation>Write the document number.</translation>
    </message>
    <message>
        <source>Put in a document, or choose why there is none.</source>
        <translation>Put in a document, or choose why there is none.</translation>
    </message>
    <message>
        <source>Choose the purpose of the journey.</source>
        <translation>Choose the purpose of the journey.</translation>
    </message>
    <message>
        <source>Choose the basis of entry.</source>
        <translation>Choose the basis of entry.</translation>
    </message>
    <message>
        <source>Write where the traveller is going.</source>
        <translation>Write where the traveller is going.</translation>
    </message>
    <message>
        <source>Choose a reason.</source>
        <translation>Choose a reason.</translation>
    </message>
    <message>
        <source>Write a note.</source>
        <translation>Write a note.</translation>
    </message>
    <message>
        <source>Choose at least one ground.</source>
        <translation>Choose at least one ground.</translation>
    </message>
    <message>
        <source>Write which national ground applies.</source>
        <translation>Write which national ground applies.</translation>
    </message>
    <message>
        <source>Choose a decision.</source>
        <translation>Choose a decision.</translation>
    </message>
    <message>
        <source>Choose whether they are the same.</source>
        <translation>Choose whether they are the same.</translation>
    </message>
    <message>
        <source>Two verdicts contradict each other: look again and say which one stands.</source>
        <translation>Two verdicts contradict each other: look again and say which one stands.</translation>
    </message>
    <message>
        <source>A colleague has said so already: give your opinion on it (F7).</source>
        <translation>A colleague has said so already: give your opinion on it (F7).</translation>
    </message>
    <message>
        <source>Choose at least one reason.</source>
        <translation>Choose at least one reason.</translation>
    </message>
    <message>
        <source>A reason does not fit the verdict.</source>
        <translation>A reason does not fit the verdict.</translation>
    </message>
    <message>
        <source>Nobody has asked the owner yet: record the call first (F4).</source>
        <translation>Nobody has asked the owner yet: record the call first (F4).</translation>
    </message>
    <message>
        <source>Choose whether you agree.</source>
        <translation>Choose whether you agree.</translation>
    </message>
    <message>
        <source>No second person is asked for here.</source>
        <translation>No second person is asked for here.</translation>
    </message>
    <message>
        <source>Whoever has judged does not agree with himself: ask a colleague.</source>
        <translation>Whoever has judged does not agree with himself: ask a colleague.</translation>
    </message>
    <message>
        <source>Choose what was done.</source>
        <translation>Choose what was done.</translation>
    </message>
    <message>
        <source>Say first whether they are the same; then record what was done.</source>
        <translation>Say first whether they are the same; then record what was done.</translation>
    </message>
    <message>
        <source>Write the time as 14:05, or as 24.11.2026 14:05.</source>
        <translation>Write the time as 14:05, or as 24.11.2026 14:05.</translation>
    </message>
    <message>
        <source>This time is still to come. Correct it.</source>
        <translation>This time is still to come. Correct it.</translation>
    </message>
    <message>
        <source>This is before the check. Correct the date.</source>
        <translation>This is before the check. Correct the date.</translation>
    </message>
    <message>
        <source>An item stands there twice.</source>
        <translation>An item stands there twice.</translation>
    </message>
    <message>
        <source>Choose how the owner was told.</source>
        <translation>Choose how the owner was told.</translation>
    </message>
    <message>
        <source>Write who was told.</source>
        <translation>Write who was told.</translation>
    </message>
    <message>
        <source>The owner of the alert is still to be told (F4).</source>
        <translation>The owner of the alert is still to be told (F4).</translation>
    </message>
    <message>
        <source>Information is still to be collected (F5).</source>
        <translation>Information is still to be collected (F5).</translation>
    </message>
    <message>
        <source>Note at least one item.</source>
        <translation>Note at least one item.</translation>
    </message>
    <message>
        <source>This alert asks for no information.</source>
        <translation>This alert asks for no information.</translation>
    </message>
    <message>
        <source>This hit is not known here.</source>
        <translation>This hit is not known here.</translation>
    </message>
    <message>
        <source>The check of this hit has not arrived here yet. Try again in a moment.</source>
        <translation>The check of this hit has not arrived here yet. Try again in a moment.</translation>
    </message>
    <message>
        <source>The booth has taken this check back.</source>
        <translation>The booth has taken this check back.</translation>
    </message>
    <message>
        <source>This hit is closed already.</source>
        <translation>This hit is closed already.</translation>
    </message>
    <message>
        <source>Nobody reviews what he said himself: ask a colleague.</source>
        <translation>Nobody reviews what he said himself: ask a colleague.</translation>
    </message>
    <message>
        <source>There is nothing to review here.</source>
        <translation>There is nothing to review here.</translation>
    </message>
    <message>
        <source>Read the strong match first, then press F11, then decide.</source>
        <translation>Read the strong match first, then press F11, then decide.</translation>
    </message>
    <message>
        <source>Write the language of the interview.</source>
        <translation>Write the language of the interview.</translation>
    </message>
    <message>
        <source>Write at least one question.</source>
        <translation>Write at least one question.</translation>
    </message>
    <message>
        <source>Write the question to this answer.</source>
        <translation>Write the question to this answer.</translation>
    </message>
    <message>
        <source>Choose whether the person signed.</source>
        <translation>Choose whether the person signed.</translation>
    </message>
    <message>
        <source>Write why the person did not sign.</source>
        <translation>Write why the person did not sign.</translation>
    </message>
    <message>
        <source>Change at least one field.</source>
        <translation>Change at least one field.</translation>
    </message>
    <message>
        <source>The last check can no longer be taken back; correct it in the log.</source>
        <translation>The last check can no longer be taken back; correct it in the log.</translation>
    </message>
    <message>
        <source>There is no check to take back.</source>
        <translation>There is no check to take back.</translation>
    </message>
    <message>
        <source>Second line has already decided on the last check.</source>
        <translation>Second line has already decided on the last check.</translation>
    </message>
    <message>
        <source>This referral is already decided.</source>
        <translation>This referral is already decided.</translation>
    </message>
    <message>
        <source>Who proposed the refusal does not approve it: ask a colleague.</source>
        <translation>Who proposed the refusal does not approve it: ask a colleague.</translation>
    </message>
    <message>
        <source>Close and sign the notes first.</source>
        <translation>Close and sign the notes first.</translation>
    </message>
    <message>
        <source>This interview is not known here.</source>
        <translation>This interview is not known here.</translation>
    </message>
    <message>
        <source>This referral is not known here.</source>
        <translation>This referral is not known here.</translation>
    </message>
    <message>
        <source>This record is not known here.</source>
        <translation>This record is not known here.</translation>
    </message>
    <message>
        <source>Only its author in the same shift, or a supervisor, corrects this record.</source>
        <translation>Only its author in the same shift, or a supervisor, corrects this record.</translation>
    </message>
    <message>
        <source>Nobody reviews his own records: ask a colleague.</source>
        <translation>Nobody reviews his own records: ask a colleague.</translation>
    </message>
    <message>
        <source>Something was added meanwhile. It is shown now; look again.</source>
        <translation>Something was added meanwhile. It is shown now; look again.</translation>
    </message>
    <message>
        <source>This was corrected meanwhile. Look again.</source>
        <translation>This was corrected meanwhile. Look again.</translation>
    </message>
    <message>
        <source>It reads so already.</source>
        <translation>It reads so already.</translation>
    </message>
    <message>
        <source>This does not fit the field.</source>
        <translation>This does not fit the field.</translation>
    </message>
    <message>
        <source>This field is not corrected.</source>
        <translation>This field is not corrected.</translation>
    </message>
    <message>
        <source>Type the pass-phrase.</source>
        <translation>Type the pass-phrase.</translation>
    </message>
    <message>
        <source>Take at least twelve characters: four words are good.</source>
        <translation>Take at least twelve characters: four words are good.</translation>
    </message>
    <message>
        <source>Take more different characters: four words are good.</source>
        <translation>Take more different characters: four words are good.</translation>
    </message>
    <message>
        <source>The two pass-phrases are not the same.</source>
        <translation>The two pass-phrases are not the same.</translation>
    </message>
    <message>
        <source>Write the service number.</source>
        <translation>Write the service number.</translation>
    </message>
    <message>
        <source>This number is already in the list.</source>
        <translation>This number is already in the list.</translation>
    </message>
    <message>
        <source>Write where the provisioning file lies.</source>
        <translation>Write where the provisioning file lies.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>There is no such file.</translation>
    </message>
</context>
</TS>
