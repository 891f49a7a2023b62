<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="cy" sourcelanguage="en">
<context>
    <name>AnswerHistoryPage</name>
    <message>
        <source>Task list</source>
        <translation>Rhestr dasgau</translation>
    </message>
    <message>
        <source>History of an answer</source>
        <translation>Hanes ateb</translation>
    </message>
    <message>
        <source>Two answers differ</source>
        <translation>Mae dau ateb yn wahanol</translation>
    </message>
    <message>
        <source>Both answers are kept until someone who knows chooses. The claim waits for that.</source>
        <translation>Cedwir y ddau ateb nes i rywun sy&apos;n gwybod ddewis. Mae&apos;r hawliad yn aros am hynny.</translation>
    </message>
    <message>
        <source>Choose which one holds</source>
        <translation>Dewis pa un sy&apos;n dal</translation>
    </message>
    <message>
        <source>On this tablet only</source>
        <translation>Ar y llechen hon yn unig</translation>
    </message>
    <message>
        <source>Put this back</source>
        <translation>Rhoi hwn yn ôl</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Yn ôl</translation>
    </message>
</context>
<context>
    <name>AnswerTools</name>
    <message>
        <source>Help with this question</source>
        <translation>Help gyda&apos;r cwestiwn hwn</translation>
    </message>
    <message>
        <source>Asked again: it is right</source>
        <translation>Gofynnwyd eto: mae&apos;n gywir</translation>
    </message>
    <message>
        <source>Correct this date</source>
        <translation>Cywiro&apos;r dyddiad hwn</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Hanes</translation>
    </message>
    <message>
        <source>Who gave this answer, when and where</source>
        <translation>Pwy roddodd yr ateb hwn, pryd a ble</translation>
    </message>
</context>
<context>
    <name>AppButton</name>
    <message>
        <source>Working</source>
        <translation>Wrthi&apos;n gweithio</translation>
    </message>
</context>
<context>
    <name>BarcodeQuestion</name>
    <message>
        <source>Scan the code</source>
        <translation>Sganio&apos;r cod</translation>
    </message>
</context>
<context>
    <name>BenefitsPage</name>
    <message>
        <source>Task list</source>
        <translation>Rhestr dasgau</translation>
    </message>
    <message>
        <source>The customer may claim anything. What is marked likely follows from the answers so far.</source>
        <translation>Caiff y cwsmer hawlio unrhyw beth. Mae&apos;r hyn a nodir yn debygol yn dilyn o&apos;r atebion hyd yma.</translation>
    </message>
    <message>
        <source>Date of claim %1, protected</source>
        <translation>Dyddiad yr hawliad %1, wedi&apos;i ddiogelu</translation>
    </message>
    <message>
        <source>They first told us on %1. The date holds even if proof and the signature come later.</source>
        <translation>Rhoddwyd gwybod i ni gyntaf ar %1. Mae&apos;r dyddiad yn sefyll hyd yn oed os daw&apos;r prawf a&apos;r llofnod yn nes ymlaen.</translation>
    </message>
    <message>
        <source>Tick what is suggested</source>
        <translation>Ticio&apos;r hyn a awgrymir</translation>
    </message>
    <message>
        <source>In a few words, for those who decide</source>
        <translation>Mewn ychydig eiriau, i&apos;r rhai sy&apos;n penderfynu</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Parhau</translation>
    </message>
    <message>
        <source>Skip for now</source>
        <translation>Hepgor am y tro</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Hanes</translation>
    </message>
    <message>
        <source>Who gave this answer, when and where</source>
        <translation>Pwy roddodd yr ateb hwn, pryd a ble</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>Site board</source>
        <translation>Bwrdd y safle</translation>
    </message>
    <message>
        <source>Nothing here now</source>
        <translation>Dim byd yma nawr</translation>
    </message>
    <message>
        <source>It has changed since the figure was shown.</source>
        <translation>Mae wedi newid ers dangos y ffigur.</translation>
    </message>
    <message>
        <source>Work in progress</source>
        <translation>Gwaith ar y gweill</translation>
    </message>
    <message>
        <source>There is no claim on this tablet.</source>
        <translation>Nid oes hawliad ar y llechen hon.</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>Trosglwyddiadau</translation>
    </message>
    <message>
        <source>Nothing has been sent to a benefit system or council yet.</source>
        <translation>Nid oes dim wedi&apos;i anfon at system budd-daliadau na chyngor eto.</translation>
    </message>
    <message>
        <source>Call-backs</source>
        <translation>Galwadau yn ôl</translation>
    </message>
    <message>
        <source>Interviews</source>
        <translation>Cyfweliadau</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Hynaf yn gyntaf</translation>
    </message>
    <message>
        <source>Nothing waits for the site.</source>
        <translation>Nid oes dim yn aros am y safle.</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>Pob un ohonynt</translation>
    </message>
    <message>
        <source>Back to Today</source>
        <translation>Yn ôl i Heddiw</translation>
    </message>
    <message>
        <source>Back to the site board</source>
        <translation>Yn ôl i fwrdd y safle</translation>
    </message>
</context>
<context>
    <name>CameraPane</name>
    <message>
        <source>Try the camera again</source>
        <translation>Rhoi cynnig arall ar y camera</translation>
    </message>
    <message>
        <source>What the camera sees</source>
        <translation>Yr hyn y mae&apos;r camera&apos;n ei weld</translation>
    </message>
    <message>
        <source>Hold it into the frame</source>
        <translation>Daliwch ef yn y ffrâm</translation>
    </message>
    <message>
        <source>A page</source>
        <translation>Tudalen</translation>
    </message>
    <message>
        <source>A card</source>
        <translation>Cerdyn</translation>
    </message>
</context>
<context>
    <name>CheckAnswersPage</name>
    <message>
        <source>Task list</source>
        <translation>Rhestr dasgau</translation>
    </message>
    <message>
        <source>Check the answers together</source>
        <translation>Gwirio&apos;r atebion gyda&apos;ch gilydd</translation>
    </message>
    <message>
        <source>%1 · %2 changed since the signature</source>
        <translation>%1 · wedi newid ers y llofnod: %2</translation>
    </message>
    <message>
        <source>Turn back</source>
        <translation>Troi&apos;n ôl</translation>
    </message>
    <message>
        <source>Turn round</source>
        <translation>Troi&apos;r sgrin</translation>
    </message>
    <message>
        <source>Answer it now</source>
        <translation>Ateb yn awr</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Newid</translation>
    </message>
    <message>
        <source>These answers are right</source>
        <translation>Mae&apos;r atebion hyn yn gywir</translation>
    </message>
    <message>
        <source>Back to the claim</source>
        <translation>Yn ôl i&apos;r hawliad</translation>
    </message>
    <message>
        <source>The signature no longer holds</source>
        <translation>Nid yw&apos;r llofnod yn dal mwyach</translation>
    </message>
</context>
<context>
    <name>ChoiceFilter</name>
    <message>
        <source>Search in %1</source>
        <translation>Chwilio yn: %1</translation>
    </message>
    <message>
        <source>Type to find an answer</source>
        <translation>Teipiwch i ddod o hyd i ateb</translation>
    </message>
    <message>
        <source>Nothing matches. Check the spelling, or type less of it</source>
        <translation>Nid oes dim yn cyfateb. Gwiriwch y sillafu, neu teipiwch lai</translation>
    </message>
    <message>
        <source>The first %1 of %2. Type to find the others</source>
        <translation>Dangosir %1 o blith %2. Teipiwch i ddod o hyd i&apos;r lleill</translation>
    </message>
    <message>
        <source>1 answer</source>
        <translation>1 ateb</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 o atebion</translation>
    </message>
</context>
<context>
    <name>ClaimPage</name>
    <message>
        <source>Task list</source>
        <translation>Rhestr dasgau</translation>
    </message>
    <message>
        <source>%1 · written by %2</source>
        <translation>%1 · ysgrifennwyd gan %2</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Y cam nesaf</translation>
    </message>
    <message>
        <source>Show the receipt</source>
        <translation>Dangos y dderbynneb</translation>
    </message>
    <message>
        <source>Check the answers</source>
        <translation>Gwirio&apos;r atebion</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Tystiolaeth</translation>
    </message>
    <message>
        <source>Back to Today</source>
        <translation>Yn ôl i Heddiw</translation>
    </message>
    <message>
        <source>Outstanding</source>
        <translation>I&apos;w gwneud o hyd</translation>
    </message>
    <message>
        <source>Nothing is outstanding but the questions themselves.</source>
        <translation>Nid oes dim ar ôl ond y cwestiynau eu hunain.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Beth ddigwyddodd</translation>
    </message>
    <message>
        <source>The questions have changed</source>
        <translation>Mae&apos;r cwestiynau wedi newid</translation>
    </message>
    <message>
        <source>This claim keeps the questions that it was opened with until you leave it. No answer is lost either way.</source>
        <translation>Mae&apos;r hawliad hwn yn cadw&apos;r cwestiynau yr agorwyd ef â nhw nes i chi ei adael. Ni chollir unrhyw ateb y naill ffordd na&apos;r llall.</translation>
    </message>
    <message>
        <source>Use the new questions now</source>
        <translation>Defnyddio&apos;r cwestiynau newydd nawr</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Edrychwch eto</translation>
    </message>
    <message>
        <source>The questions have changed since this claim was written. Every answer is kept.</source>
        <translation>Mae&apos;r cwestiynau wedi newid ers ysgrifennu&apos;r hawliad hwn. Cedwir pob ateb.</translation>
    </message>
    <message>
        <source>Answer it</source>
        <translation>Ateb</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>gwrthodwyd</translation>
    </message>
    <message>
        <source>holds it back</source>
        <translation>yn dal yn ôl</translation>
    </message>
    <message>
        <source>can follow</source>
        <translation>gall ddilyn</translation>
    </message>
    <message>
        <source>with the office</source>
        <translation>gyda'r swyddfa</translation>
    </message>
</context>
<context>
    <name>ClaimPane</name>
    <message>
        <source>Date of claim %1, protected</source>
        <translation>Dyddiad yr hawliad %1, wedi&apos;i ddiogelu</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Brys</translation>
    </message>
    <message>
        <source>The claim as a whole</source>
        <translation>Yr hawliad cyfan</translation>
    </message>
    <message>
        <source>Not needed: %1</source>
        <translation>Nid oes angen: %1</translation>
    </message>
</context>
<context>
    <name>ComparedClaim</name>
    <message>
        <source>Open it</source>
        <translation>Ei agor</translation>
    </message>
    <message>
        <source>Open claim %1</source>
        <translation>Agor hawliad %1</translation>
    </message>
</context>
<context>
    <name>ComparedFact</name>
    <message>
        <source>Not asked yet</source>
        <translation>Heb ei ofyn eto</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Yes</source>
        <translation>Ie</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Canslo</translation>
    </message>
</context>
<context>
    <name>ConflictPage</name>
    <message>
        <source>All that differs</source>
        <translation>Popeth sy&apos;n wahanol</translation>
    </message>
    <message>
        <source>Both answers are kept until someone who knows chooses. The claim waits for that.</source>
        <translation>Cedwir y ddau ateb nes i rywun sy&apos;n gwybod ddewis. Mae&apos;r hawliad yn aros am hynny.</translation>
    </message>
    <message>
        <source>They did not see each other’s answer.</source>
        <translation>Ni welodd y naill ateb y llall.</translation>
    </message>
    <message>
        <source>Kept with your name</source>
        <translation>Caiff ei gadw gyda&apos;ch enw</translation>
    </message>
    <message>
        <source>Ask the customer later</source>
        <translation>Gofyn i&apos;r cwsmer yn nes ymlaen</translation>
    </message>
    <message>
        <source>Neither: another answer</source>
        <translation>Y naill na&apos;r llall: ateb arall</translation>
    </message>
    <message>
        <source>By the same rules as the question itself</source>
        <translation>Yn ôl yr un rheolau â&apos;r cwestiwn ei hun</translation>
    </message>
    <message>
        <source>Why this one is right</source>
        <translation>Pam mae&apos;r un hwn yn gywir</translation>
    </message>
    <message>
        <source>A note (optional)</source>
        <translation>Nodyn (dewisol)</translation>
    </message>
    <message>
        <source>For whoever asks later why</source>
        <translation>I bwy bynnag fydd yn gofyn pam yn nes ymlaen</translation>
    </message>
    <message>
        <source>What stands beside it</source>
        <translation>Beth sydd wrth ei ymyl</translation>
    </message>
    <message>
        <source>Open the page of this question</source>
        <translation>Agor tudalen y cwestiwn hwn</translation>
    </message>
    <message>
        <source>Look again once it is settled</source>
        <translation>Edrychwch eto ar ôl ei ddatrys</translation>
    </message>
</context>
<context>
    <name>CorrectDatePage</name>
    <message>
        <source>Task list</source>
        <translation>Rhestr dasgau</translation>
    </message>
    <message>
        <source>Correct the date of first contact</source>
        <translation>Cywiro dyddiad y cysylltiad cyntaf</translation>
    </message>
    <message>
        <source>The date that stands: %1</source>
        <translation>Y dyddiad sy&apos;n sefyll: %1</translation>
    </message>
    <message>
        <source>Benefit is paid from it, so it is protected. A correction goes to the server with its reason; until the server has accepted it, the old date is shown.</source>
        <translation>Telir budd-dal o&apos;r dyddiad hwn, felly mae wedi&apos;i ddiogelu. Mae cywiriad yn mynd i&apos;r gweinydd gyda&apos;i reswm; nes bod y gweinydd wedi&apos;i dderbyn, dangosir yr hen ddyddiad.</translation>
    </message>
    <message>
        <source>When did the customer first tell us they wanted to claim?</source>
        <translation>Pryd y dywedodd y cwsmer wrthym gyntaf ei fod am hawlio?</translation>
    </message>
    <message>
        <source>Why has it to be another date?</source>
        <translation>Pam mae&apos;n rhaid iddo fod yn ddyddiad arall?</translation>
    </message>
    <message>
        <source>For example, what shows that they rang earlier. It is kept with your name.</source>
        <translation>Er enghraifft, yr hyn sy&apos;n dangos eu bod wedi ffonio&apos;n gynharach. Fe&apos;i cedwir gyda&apos;ch enw.</translation>
    </message>
    <message>
        <source>Ask for the correction</source>
        <translation>Gofyn am y cywiriad</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Yn ôl</translation>
    </message>
</context>
<context>
    <name>DateBox</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>Enter the day, for example 27</source>
        <translation>Rhowch y diwrnod, er enghraifft 27</translation>
    </message>
    <message>
        <source>Enter the month, for example 3 or March</source>
        <translation>Rhowch y mis, er enghraifft 3 neu Mawrth</translation>
    </message>
    <message>
        <source>Enter the year, for example 1971</source>
        <translation>Rhowch y flwyddyn, er enghraifft 1971</translation>
    </message>
    <message>
        <source>Enter the year in 4 figures, for example 1971</source>
        <translation>Rhowch y flwyddyn mewn 4 ffigur, er enghraifft 1971</translation>
    </message>
    <message>
        <source>This is not a date in the calendar. Check the day, month and year</source>
        <translation>Nid yw hwn yn ddyddiad yn y calendr. Gwiriwch y diwrnod, y mis a&apos;r flwyddyn</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Diwrnod</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mis</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Blwyddyn</translation>
    </message>
</context>
<context>
    <name>DateTimeQuestion</name>
    <message>
        <source>Time</source>
        <translation>Amser</translation>
    </message>
    <message>
        <source>Hours and minutes, for example 9:30 or 2:15 pm</source>
        <translation>Oriau a munudau, er enghraifft 9:30 neu 2:15 pm</translation>
    </message>
</context>
<context>
    <name>DuplicatePage</name>
    <message>
        <source>Possible duplicate</source>
        <translation>Dyblygiad posibl</translation>
    </message>
    <message>
        <source>Is this the same person?</source>
        <translation>Ai&apos;r un person yw hwn?</translation>
    </message>
    <message>
        <source>Both have %1</source>
        <translation>Mae gan y ddau %1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Yn ôl</translation>
    </message>
    <message>
        <source>Other claims may be the same person’s too</source>
        <translation>Gall hawliadau eraill fod yn perthyn i&apos;r un person hefyd</translation>
    </message>
    <message>
        <source>Nothing is deleted, whichever you choose. Your decision is kept in both claims, with your name.</source>
        <translation>Ni chaiff dim ei ddileu, beth bynnag a ddewiswch. Cedwir eich penderfyniad yn y ddau hawliad, gyda&apos;ch enw.</translation>
    </message>
    <message>
        <source>Same person: link them</source>
        <translation>Yr un person: eu cysylltu</translation>
    </message>
    <message>
        <source>Two people: keep apart</source>
        <translation>Dau berson: eu cadw ar wahân</translation>
    </message>
    <message>
        <source>Withdraw one</source>
        <translation>Tynnu un yn ôl</translation>
    </message>
    <message>
        <source>Keep the two apart</source>
        <translation>Cadw&apos;r ddau ar wahân</translation>
    </message>
    <message>
        <source>They are not asked about again. Say why these are two people.</source>
        <translation>Ni ofynnir amdanynt eto. Dywedwch pam mae&apos;r rhain yn ddau berson.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Rheswm</translation>
    </message>
    <message>
        <source>Keep apart</source>
        <translation>Cadw ar wahân</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Canslo</translation>
    </message>
    <message>
        <source>Withdraw one of the two</source>
        <translation>Tynnu un o&apos;r ddau yn ôl</translation>
    </message>
    <message>
        <source>The other one goes on. The server is asked, with the reason that it is a duplicate; every answer stays.</source>
        <translation>Mae&apos;r llall yn mynd ymlaen. Gofynnir i&apos;r gweinydd, gan roi&apos;r rheswm ei fod yn ddyblygiad; mae pob ateb yn aros.</translation>
    </message>
    <message>
        <source>Which one ends?</source>
        <translation>Pa un sy&apos;n dod i ben?</translation>
    </message>
    <message>
        <source>Withdraw it</source>
        <translation>Ei dynnu&apos;n ôl</translation>
    </message>
</context>
<context>
    <name>ErrorSummary</name>
    <message>
        <source>There is a problem</source>
        <translation>Mae problem</translation>
    </message>
</context>
<context>
    <name>EvidencePage</name>
    <message>
        <source>Task list</source>
        <translation>Rhestr dasgau</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Tystiolaeth</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, seen on %2</source>
        <translation>%1, gwelwyd ar %2</translation>
    </message>
    <message>
        <source>Not available: %1</source>
        <translation>Ddim ar gael: %1</translation>
    </message>
    <message>
        <source>Needed before it can go</source>
        <translation>Angenrheidiol cyn anfon</translation>
    </message>
    <message>
        <source>No proof is needed yet</source>
        <translation>Nid oes angen prawf eto</translation>
    </message>
    <message>
        <source>What has to be seen follows from the answers. It is listed here as they are given.</source>
        <translation>Mae&apos;r hyn y mae&apos;n rhaid ei weld yn dilyn o&apos;r atebion. Caiff ei restru yma wrth i&apos;r atebion gael eu rhoi.</translation>
    </message>
    <message>
        <source>Back to the claim</source>
        <translation>Yn ôl i&apos;r hawliad</translation>
    </message>
    <message>
        <source>Back to all evidence</source>
        <translation>Yn ôl i&apos;r holl dystiolaeth</translation>
    </message>
    <message>
        <source>Not given back yet</source>
        <translation>Heb ei roi&apos;n ôl eto</translation>
    </message>
    <message>
        <source>%1 removed</source>
        <translation>Wedi&apos;i dynnu: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Dadwneud</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
</context>
<context>
    <name>FailurePage</name>
    <message>
        <source>Fieldclaim</source>
        <translation>Fieldclaim</translation>
    </message>
    <message>
        <source>Fieldclaim cannot open</source>
        <translation>Ni all Fieldclaim agor</translation>
    </message>
</context>
<context>
    <name>FieldFrame</name>
    <message>
        <source>Error: %1</source>
        <translation>Gwall: %1</translation>
    </message>
    <message>
        <source>%1 (optional)</source>
        <translation>%1 (dewisol)</translation>
    </message>
</context>
<context>
    <name>Fold</name>
    <message>
        <source>Open</source>
        <translation>Ar agor</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Ar gau</translation>
    </message>
</context>
<context>
    <name>ForgottenPassphrase</name>
    <message>
        <source>Asking the server for a code.</source>
        <translation>Wrthi&apos;n gofyn i&apos;r gweinydd am god.</translation>
    </message>
    <message>
        <source>Call your supervisor and read out this code</source>
        <translation>Ffoniwch eich goruchwyliwr a darllenwch y cod hwn yn uchel</translation>
    </message>
    <message>
        <source>It is good for 15 minutes. Keep this page open: it goes on by itself when your supervisor has typed the code.</source>
        <translation>Mae&apos;n ddilys am 15 munud. Cadwch y dudalen hon ar agor: bydd yn parhau ohoni ei hun pan fydd eich goruchwyliwr wedi teipio&apos;r cod.</translation>
    </message>
    <message>
        <source>Your supervisor has released this tablet for you. Choose a new passphrase.</source>
        <translation>Mae eich goruchwyliwr wedi rhyddhau&apos;r llechen hon i chi. Dewiswch gyfrinymadrodd newydd.</translation>
    </message>
    <message>
        <source>New passphrase of %1</source>
        <translation>Cyfrinymadrodd newydd %1</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Wrthi&apos;n agor</translation>
    </message>
    <message>
        <source>Save and unlock</source>
        <translation>Cadw a datgloi</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Yn ôl</translation>
    </message>
</context>
<context>
    <name>ImageQuestion</name>
    <message>
        <source>Fetch it</source>
        <translation>Ei nôl</translation>
    </message>
    <message>
        <source>Take another instead</source>
        <translation>Tynnu un arall yn ei le</translation>
    </message>
    <message>
        <source>Take or choose a picture</source>
        <translation>Tynnu neu ddewis llun</translation>
    </message>
    <message>
        <source>Choose another instead</source>
        <translation>Dewis un arall yn ei lle</translation>
    </message>
    <message>
        <source>Choose a file, or take a picture</source>
        <translation>Dewis ffeil, neu dynnu llun</translation>
    </message>
</context>
<context>
    <name>InkPanel</name>
    <message>
        <source>1. Print the statement</source>
        <translation>1. Argraffwch y datganiad</translation>
    </message>
    <message>
        <source>It is saved as a PDF, for a printer or a stick. What is printed is kept, and does not change.</source>
        <translation>Caiff ei gadw fel PDF, ar gyfer argraffydd neu gof bach. Cedwir yr hyn a argreffir, ac nid yw&apos;n newid.</translation>
    </message>
    <message>
        <source>Save the statement again</source>
        <translation>Cadw&apos;r datganiad eto</translation>
    </message>
    <message>
        <source>Save the statement as PDF</source>
        <translation>Cadw&apos;r datganiad fel PDF</translation>
    </message>
    <message>
        <source>2. Let %1 sign it in ink</source>
        <translation>2. Gadewch i %1 ei lofnodi mewn inc</translation>
    </message>
    <message>
        <source>Witness&apos;s full name, if it is a mark</source>
        <translation>Enw llawn y tyst, os marc ydyw</translation>
    </message>
    <message>
        <source>As the witness wrote it on the paper. Leave it empty for a signature.</source>
        <translation>Fel yr ysgrifennodd y tyst ef ar y papur. Gadewch ef yn wag ar gyfer llofnod.</translation>
    </message>
    <message>
        <source>3. Scan every page</source>
        <translation>3. Sganiwch bob tudalen</translation>
    </message>
    <message>
        <source>Reading the pictures…</source>
        <translation>Wrthi&apos;n darllen y lluniau…</translation>
    </message>
    <message>
        <source>Read the scans in this folder</source>
        <translation>Darllen y sganiau yn y ffolder hwn</translation>
    </message>
    <message>
        <source>Photograph them, or put scans, as pictures, into the folder above. Each page is recognised by the code at its top, in any order.</source>
        <translation>Tynnwch luniau ohonynt, neu rhowch sganiau, fel lluniau, yn y ffolder uchod. Adnabyddir pob tudalen wrth y cod ar ei phen, mewn unrhyw drefn.</translation>
    </message>
    <message>
        <source>Photograph a page</source>
        <translation>Tynnu llun o dudalen</translation>
    </message>
</context>
<context>
    <name>KeyValueRow</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>LikelyDuplicates</name>
    <message>
        <source>Look: this may be the same person as in claim %1</source>
        <translation>Edrychwch: gall hwn fod yr un person ag yn hawliad %1</translation>
    </message>
    <message>
        <source>Look at both</source>
        <translation>Edrych ar y ddau</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Fieldclaim</source>
        <translation>Fieldclaim</translation>
    </message>
</context>
<context>
    <name>OfficersPage</name>
    <message>
        <source>Remove %1 from this tablet?</source>
        <translation>Tynnu %1 oddi ar y llechen hon?</translation>
    </message>
    <message>
        <source>They can no longer open it. Everything that they saved is with the server and stays. This takes a moment: the store gets a new key.</source>
        <translation>Ni fydd modd iddynt ei hagor mwyach. Mae popeth a gadwyd ganddynt gan y gweinydd ac yn aros yno. Mae hyn yn cymryd ennyd: mae&apos;r storfa&apos;n cael allwedd newydd.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Tynnu</translation>
    </message>
    <message>
        <source>Add an officer</source>
        <translation>Ychwanegu swyddog</translation>
    </message>
    <message>
        <source>Another one-time code</source>
        <translation>Cod untro arall</translation>
    </message>
    <message>
        <source>Officers on this tablet</source>
        <translation>Swyddogion ar y llechen hon</translation>
    </message>
    <message>
        <source>Hand the tablet to them: they choose their own passphrase.</source>
        <translation>Rhowch y llechen iddynt: maent yn dewis eu cyfrinymadrodd eu hunain.</translation>
    </message>
    <message>
        <source>Each has a passphrase of their own. All of them can see the claims on it.</source>
        <translation>Mae gan bob un ei gyfrinymadrodd ei hun. Gall pob un ohonynt weld yr hawliadau sydd arni.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Chi</translation>
    </message>
    <message>
        <source>Another code</source>
        <translation>Cod arall</translation>
    </message>
    <message>
        <source>For %1</source>
        <translation>Ar gyfer %1</translation>
    </message>
    <message>
        <source>Everyone of this site is on the tablet already, as far as it knows. Somebody new has to be added at the office first; their name comes with the next sync, which needs a network.</source>
        <translation>Mae pawb o&apos;r safle hwn ar y llechen eisoes, hyd y gŵyr hi. Rhaid ychwanegu rhywun newydd yn y swyddfa yn gyntaf; daw&apos;r enw gyda&apos;r cydamseru nesaf, sydd angen rhwydwaith.</translation>
    </message>
    <message>
        <source>Who?</source>
        <translation>Pwy?</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>Cod untro</translation>
    </message>
    <message>
        <source>12 characters, from a supervisor. The server checks it when there is a network.</source>
        <translation>12 nod, gan oruchwyliwr. Mae&apos;r gweinydd yn ei wirio pan fydd rhwydwaith.</translation>
    </message>
    <message>
        <source>Passphrase of %1</source>
        <translation>Cyfrinymadrodd %1</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Cyfrinymadrodd</translation>
    </message>
    <message>
        <source>Four words that you can remember are better than a short word with signs. You type it at each unlock.</source>
        <translation>Mae pedwar gair y gallwch eu cofio yn well na gair byr gyda symbolau. Byddwch yn ei deipio bob tro y byddwch yn datgloi.</translation>
    </message>
    <message>
        <source>Keep the code</source>
        <translation>Cadw&apos;r cod</translation>
    </message>
    <message>
        <source>Adding</source>
        <translation>Yn ychwanegu</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ychwanegu</translation>
    </message>
    <message>
        <source>Back to Settings</source>
        <translation>Yn ôl i&apos;r Gosodiadau</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Canslo</translation>
    </message>
</context>
<context>
    <name>PageScaffold</name>
    <message>
        <source>List</source>
        <translation>Rhestr</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cau</translation>
    </message>
</context>
<context>
    <name>PaperPlace</name>
    <message>
        <source>Folder</source>
        <translation>Ffolder</translation>
    </message>
    <message>
        <source>For the PDF, and for the scans</source>
        <translation>Ar gyfer y PDF, ac ar gyfer y sganiau</translation>
    </message>
</context>
<context>
    <name>PassphraseField</name>
    <message>
        <source>Hide</source>
        <translation>Cuddio</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Dangos</translation>
    </message>
    <message>
        <source>Hides the passphrase</source>
        <translation>Yn cuddio&apos;r cyfrinymadrodd</translation>
    </message>
    <message>
        <source>Shows the passphrase on the screen</source>
        <translation>Yn dangos y cyfrinymadrodd ar y sgrin</translation>
    </message>
    <message>
        <source>Strength of the passphrase: %1</source>
        <translation>Cryfder y cyfrinymadrodd: %1</translation>
    </message>
    <message>
        <source>Several words make it strong</source>
        <translation>Mae sawl gair yn ei wneud yn gryf</translation>
    </message>
    <message>
        <source>Easy to guess</source>
        <translation>Hawdd ei ddyfalu</translation>
    </message>
    <message>
        <source>Weak: add another word</source>
        <translation>Gwan: ychwanegwch air arall</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Da</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Cryf</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>Change your passphrase</source>
        <translation>Newid eich cyfrinymadrodd</translation>
    </message>
    <message>
        <source>For %1, on this tablet. Needs no network.</source>
        <translation>Ar gyfer %1, ar y llechen hon. Nid oes angen rhwydwaith.</translation>
    </message>
    <message>
        <source>From now on the new passphrase opens this tablet. The old one does not.</source>
        <translation>O hyn ymlaen y cyfrinymadrodd newydd sy&apos;n agor y llechen hon. Nid yw&apos;r hen un yn gwneud.</translation>
    </message>
    <message>
        <source>The passphrase that you have now</source>
        <translation>Y cyfrinymadrodd sydd gennych nawr</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Cyfrinymadrodd newydd</translation>
    </message>
    <message>
        <source>Four words that you can remember are better than a short word with signs. You type it at each unlock.</source>
        <translation>Mae pedwar gair y gallwch eu cofio yn well na gair byr gyda symbolau. Byddwch yn ei deipio bob tro y byddwch yn datgloi.</translation>
    </message>
    <message>
        <source>Changing</source>
        <translation>Yn newid</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Newid</translation>
    </message>
    <message>
        <source>Back to Settings</source>
        <translation>Yn ôl i&apos;r Gosodiadau</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Canslo</translation>
    </message>
</context>
<context>
    <name>PictureDesk</name>
    <message>
        <source>The picture, %1</source>
        <translation>Y llun, %1</translation>
    </message>
    <message>
        <source>Looking at the picture</source>
        <translation>Wrthi&apos;n edrych ar y llun</translation>
    </message>
    <message>
        <source>It looks sharp, bright and large enough.</source>
        <translation>Mae&apos;n edrych yn glir, yn olau ac yn ddigon mawr.</translation>
    </message>
    <message>
        <source>Straighten and crop</source>
        <translation>Unioni a thocio</translation>
    </message>
    <message>
        <source>Drag the four points to the corners of the page. With a keyboard: Tab to a point, then arrow keys.</source>
        <translation>Llusgwch y pedwar pwynt i gorneli&apos;r dudalen. Gyda bysellfwrdd: Tab at bwynt, yna&apos;r bysellau saeth.</translation>
    </message>
    <message>
        <source>Black out</source>
        <translation>Duo</translation>
    </message>
    <message>
        <source>Draw a box over what must not be kept. What is under it is not in the picture that is kept.</source>
        <translation>Tynnwch flwch dros yr hyn na ddylid ei gadw. Nid yw&apos;r hyn sydd oddi tano yn y llun a gedwir.</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Troi</translation>
    </message>
    <message>
        <source>A quarter to the right</source>
        <translation>Chwarter tro i&apos;r dde</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>Unioni</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Wedi gorffen</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Ei adael fel y mae</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Dadwneud</translation>
    </message>
    <message>
        <source>Takes back the last thing that was done to the picture</source>
        <translation>Yn dadwneud y peth olaf a wnaed i&apos;r llun</translation>
    </message>
</context>
<context>
    <name>PictureEditor</name>
    <message>
        <source>Picture</source>
        <translation>Llun</translation>
    </message>
    <message>
        <source>Top left corner</source>
        <translation>Cornel chwith uchaf</translation>
    </message>
    <message>
        <source>Top right corner</source>
        <translation>Cornel dde uchaf</translation>
    </message>
    <message>
        <source>Bottom right corner</source>
        <translation>Cornel dde isaf</translation>
    </message>
    <message>
        <source>Bottom left corner</source>
        <translation>Cornel chwith isaf</translation>
    </message>
    <message>
        <source>%1 % across, %2 % down. Arrow keys move it</source>
        <translation>%1 % ar draws, %2 % i lawr. Mae&apos;r bysellau saeth yn ei symud</translation>
    </message>
    <message>
        <source>Box to black out</source>
        <translation>Blwch i&apos;w dduo</translation>
    </message>
    <message>
        <source>Arrow keys move it, with Shift they size it, Enter blacks out</source>
        <translation>Mae&apos;r bysellau saeth yn ei symud, gyda Shift yn newid ei faint, ac Enter yn duo</translation>
    </message>
</context>
<context>
    <name>PictureFileList</name>
    <message>
        <source>Opening the picture</source>
        <translation>Wrthi&apos;n agor y llun</translation>
    </message>
    <message>
        <source>No pictures here</source>
        <translation>Dim lluniau yma</translation>
    </message>
    <message>
        <source>Plug in the stick or the telephone, or put the picture into this tablet&apos;s folder for pictures, and open this list again.</source>
        <translation>Cysylltwch y cof bach neu&apos;r ffôn, neu rhowch y llun yn ffolder lluniau&apos;r llechen hon, ac agorwch y rhestr hon eto.</translation>
    </message>
</context>
<context>
    <name>PicturePage</name>
    <message>
        <source>Evidence · %1</source>
        <translation>Tystiolaeth · %1</translation>
    </message>
    <message>
        <source>Take a picture</source>
        <translation>Tynnu llun</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Dewis llun</translation>
    </message>
    <message>
        <source>Look at the picture</source>
        <translation>Edrych ar y llun</translation>
    </message>
    <message>
        <source>JPEG and PNG. The file stays where it is; take it off the stick yourself if it must not stay there.</source>
        <translation>JPEG a PNG. Mae&apos;r ffeil yn aros lle y mae; tynnwch hi oddi ar y cof bach eich hun os na ddylai aros yno.</translation>
    </message>
    <message>
        <source>Can every word be read? What is kept is what you see here.</source>
        <translation>A ellir darllen pob gair? Yr hyn a welwch yma a gedwir.</translation>
    </message>
    <message>
        <source>Take the picture</source>
        <translation>Tynnu&apos;r llun</translation>
    </message>
    <message>
        <source>Use this picture</source>
        <translation>Defnyddio&apos;r llun hwn</translation>
    </message>
    <message>
        <source>Retake</source>
        <translation>Tynnu eto</translation>
    </message>
    <message>
        <source>Lets this picture go</source>
        <translation>Nid yw&apos;r llun hwn yn cael ei gadw</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Dewis ffeil</translation>
    </message>
    <message>
        <source>Folder above</source>
        <translation>Y ffolder uwch</translation>
    </message>
    <message>
        <source>Use the camera</source>
        <translation>Defnyddio&apos;r camera</translation>
    </message>
    <message>
        <source>Back without a picture</source>
        <translation>Yn ôl heb lun</translation>
    </message>
    <message>
        <source>One page in each picture. It is kept encrypted, in no gallery and no file.</source>
        <translation>Un dudalen ym mhob llun. Fe&apos;i cedwir wedi&apos;i amgryptio, heb fod mewn oriel na ffeil.</translation>
    </message>
    <message>
        <source>Scan the code</source>
        <translation>Sganio&apos;r cod</translation>
    </message>
    <message>
        <source>Hold the bar code or QR code still before the camera. It is read by itself, and no picture is kept.</source>
        <translation>Daliwch y cod bar neu&apos;r cod QR yn llonydd o flaen y camera. Caiff ei ddarllen ar ei ben ei hun, ac ni chedwir llun.</translation>
    </message>
    <message>
        <source>Back without a code</source>
        <translation>Yn ôl heb god</translation>
    </message>
    <message>
        <source>Signed on paper</source>
        <translation>Llofnodwyd ar bapur</translation>
    </message>
    <message>
        <source>PDF, JPEG and PNG. The file stays where it is; take it off the stick yourself if it must not stay there.</source>
        <translation>PDF, JPEG a PNG. Mae&apos;r ffeil yn aros lle y mae; tynnwch hi oddi ar y cof bach eich hun os na ddylai aros yno.</translation>
    </message>
    <message>
        <source>Back without a file</source>
        <translation>Yn ôl heb ffeil</translation>
    </message>
</context>
<context>
    <name>PictureThumb</name>
    <message>
        <source>Remove %1</source>
        <translation>Tynnu %1</translation>
    </message>
</context>
<context>
    <name>PictureWords</name>
    <message>
        <source>The file is empty. Choose another one, or take the picture again.</source>
        <translation>Mae&apos;r ffeil yn wag. Dewiswch un arall, neu tynnwch y llun eto.</translation>
    </message>
    <message>
        <source>The file is larger than 64 MB. Take the picture with this tablet, or save it smaller first.</source>
        <translation>Mae&apos;r ffeil yn fwy na 64 MB. Tynnwch y llun gyda&apos;r llechen hon, neu cadwch ef yn llai yn gyntaf.</translation>
    </message>
    <message>
        <source>The picture says that it is larger than any page needs, so it was not opened. Take it with this tablet, or save it smaller first.</source>
        <translation>Mae&apos;r llun yn dweud ei fod yn fwy nag sydd ei angen ar unrhyw dudalen, felly nis agorwyd. Tynnwch ef gyda&apos;r llechen hon, neu cadwch ef yn llai yn gyntaf.</translation>
    </message>
    <message>
        <source>A PDF is not taken: nothing in it could be checked or blacked out here. Photograph each page that matters, from paper or from the screen.</source>
        <translation>Ni dderbynnir PDF: ni ellid gwirio na duo dim ynddo yma. Tynnwch lun o bob tudalen sy&apos;n bwysig, o bapur neu o&apos;r sgrin.</translation>
    </message>
    <message>
        <source>This kind of picture (HEIC) cannot be read here. Set the telephone to save JPEG, or photograph the page with this tablet.</source>
        <translation>Ni ellir darllen y math hwn o lun (HEIC) yma. Gosodwch y ffôn i gadw JPEG, neu tynnwch lun o&apos;r dudalen gyda&apos;r llechen hon.</translation>
    </message>
    <message>
        <source>This is not a picture that can be read. Choose a JPEG or PNG file.</source>
        <translation>Nid yw hwn yn llun y gellir ei ddarllen. Dewiswch ffeil JPEG neu PNG.</translation>
    </message>
    <message>
        <source>The end of the picture is missing: it was not copied whole. Copy it again.</source>
        <translation>Mae diwedd y llun ar goll: nis copïwyd yn gyfan. Copïwch ef eto.</translation>
    </message>
    <message>
        <source>The picture is damaged and cannot be opened. Copy it again, or take a new one.</source>
        <translation>Mae&apos;r llun wedi&apos;i ddifrodi ac ni ellir ei agor. Copïwch ef eto, neu tynnwch un newydd.</translation>
    </message>
    <message>
        <source>The file cannot be read. Was the stick pulled out, or the file moved?</source>
        <translation>Ni ellir darllen y ffeil. A dynnwyd y cof bach allan, neu a symudwyd y ffeil?</translation>
    </message>
    <message>
        <source>Few dots</source>
        <translation>Ychydig o ddotiau</translation>
    </message>
    <message>
        <source>The long side has %1 dots; small print needs %2. Go closer, so that the page fills the picture.</source>
        <translation>Nifer y dotiau ar yr ochr hir: %1; mae angen %2 ar brint mân. Ewch yn nes, fel bod y dudalen yn llenwi&apos;r llun.</translation>
    </message>
    <message>
        <source>Nothing to read</source>
        <translation>Dim i&apos;w ddarllen</translation>
    </message>
    <message>
        <source>Print was found on %1 % of the picture. Is it the right side of the page, and is the lens clear?</source>
        <translation>Cafwyd hyd i brint ar %1 % o&apos;r llun. Ai dyma ochr iawn y dudalen, ac a yw&apos;r lens yn glir?</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tywyll</translation>
    </message>
    <message>
        <source>The paper&apos;s brightness is %1 of 255; %2 is wanted. Turn on a light, or go to the window.</source>
        <translation>Disgleirdeb y papur yw %1 allan o 255; mae angen %2. Rhowch olau ymlaen, neu ewch at y ffenestr.</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>Aneglur</translation>
    </message>
    <message>
        <source>Sharpness is %1; %2 is wanted, and a clear page has 60 or more. Hold the tablet still, wait until it is sharp, and take it again.</source>
        <translation>Yr eglurder yw %1; mae angen %2, ac mae gan dudalen glir 60 neu ragor. Daliwch y llechen yn llonydd, arhoswch nes ei bod yn glir, a thynnwch y llun eto.</translation>
    </message>
    <message>
        <source>A light shines on it</source>
        <translation>Mae golau&apos;n disgleirio arno</translation>
    </message>
    <message>
        <source>%1 % of the page is burnt out to white. Tilt the page or move away from the lamp.</source>
        <translation>Mae %1 % o&apos;r dudalen wedi llosgi&apos;n wyn. Gogwyddwch y dudalen neu symudwch oddi wrth y lamp.</translation>
    </message>
    <message>
        <source>No camera was found</source>
        <translation>Ni chafwyd hyd i gamera</translation>
    </message>
    <message>
        <source>Plug one in and try again, or choose a picture from a file.</source>
        <translation>Cysylltwch un a rhowch gynnig arall arni, neu dewiswch lun o ffeil.</translation>
    </message>
    <message>
        <source>The camera may not be used</source>
        <translation>Ni chaniateir defnyddio&apos;r camera</translation>
    </message>
    <message>
        <source>Allow it for Fieldclaim in the tablet&apos;s own settings and try again, or choose a picture from a file.</source>
        <translation>Caniatewch ef i Fieldclaim yng ngosodiadau&apos;r llechen ei hun a rhowch gynnig arall arni, neu dewiswch lun o ffeil.</translation>
    </message>
    <message>
        <source>The camera does not start</source>
        <translation>Nid yw&apos;r camera&apos;n cychwyn</translation>
    </message>
    <message>
        <source>Another app may be using it. Close that and try again, or choose a picture from a file.</source>
        <translation>Efallai fod ap arall yn ei ddefnyddio. Caewch hwnnw a rhowch gynnig arall arni, neu dewiswch lun o ffeil.</translation>
    </message>
    <message>
        <source>The camera is starting</source>
        <translation>Mae&apos;r camera&apos;n cychwyn</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 llun</translation>
    </message>
    <message>
        <source>%1 pictures</source>
        <translation>%1 o luniau</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 KB</source>
        <translation>%1 KB</translation>
    </message>
    <message>
        <source>Storage nearly full</source>
        <translation>Y storfa bron yn llawn</translation>
    </message>
    <message>
        <source>%1 left on this tablet. Send what waits, and ask support to make room.</source>
        <translation>%1 ar ôl ar y llechen hon. Anfonwch yr hyn sy&apos;n aros, a gofynnwch i&apos;r tîm cymorth wneud lle.</translation>
    </message>
    <message>
        <source>No room for pictures</source>
        <translation>Dim lle i luniau</translation>
    </message>
    <message>
        <source>%1 left on this tablet. Answers are still saved; pictures are not taken until there is room. Write down what you saw, and ask support to make room.</source>
        <translation>%1 ar ôl ar y llechen hon. Cedwir atebion o hyd; ni thynnir lluniau nes bod lle. Ysgrifennwch yr hyn a welsoch, a gofynnwch i&apos;r tîm cymorth wneud lle.</translation>
    </message>
    <message>
        <source>Page %1 of %2 is taken</source>
        <translation>Derbyniwyd tudalen %1 o %2</translation>
    </message>
    <message>
        <source>This is a copy or a receipt, which nobody signs. Scan the pages that say Statement of your claim.</source>
        <translation>Copi neu dderbynneb yw hwn, nad oes neb yn ei lofnodi. Sganiwch y tudalennau sy&apos;n dweud Datganiad o&apos;ch hawliad.</translation>
    </message>
    <message>
        <source>This page belongs to claim %1, not to this one. Open that claim to scan it.</source>
        <translation>Mae&apos;r dudalen hon yn perthyn i hawliad %1, nid i&apos;r un hwn. Agorwch yr hawliad hwnnw i&apos;w sganio.</translation>
    </message>
    <message>
        <source>This page is of an older statement: an answer changed after it was printed, or it was printed on another tablet that has not sent it yet. Print the statement again, and have that one signed.</source>
        <translation>Mae&apos;r dudalen hon o ddatganiad hŷn: newidiodd ateb ar ôl iddo gael ei argraffu, neu fe&apos;i hargraffwyd ar lechen arall nad yw wedi&apos;i anfon eto. Argraffwch y datganiad eto, a sicrhewch fod hwnnw&apos;n cael ei lofnodi.</translation>
    </message>
    <message>
        <source>This page is of another printing, with %1 pages. Scan the pages of one printing.</source>
        <translation>Mae&apos;r dudalen hon o argraffiad arall, gyda %1 tudalen. Sganiwch dudalennau un argraffiad.</translation>
    </message>
    <message>
        <source>The code at the top of the page cannot be read. Lay the page flat, with the whole page in the picture and no shadow on it, and scan it again.</source>
        <translation>Ni ellir darllen y cod ar ben y dudalen. Gosodwch y dudalen yn wastad, gyda&apos;r dudalen gyfan yn y llun a heb gysgod arni, a&apos;i sganio eto.</translation>
    </message>
    <message>
        <source>The file is larger than 10 MB. Save it smaller first, or photograph the pages that matter.</source>
        <translation>Mae&apos;r ffeil yn fwy na 10 MB. Cadwch hi&apos;n llai yn gyntaf, neu tynnwch luniau o&apos;r tudalennau sy&apos;n bwysig.</translation>
    </message>
    <message>
        <source>The file has more than 500 pages. Save the pages that matter as a file of their own.</source>
        <translation>Mae gan y ffeil fwy na 500 o dudalennau. Cadwch y tudalennau sy&apos;n bwysig mewn ffeil ar wahân.</translation>
    </message>
    <message>
        <source>The PDF is protected by a password, and whoever decides could not open it. Save it without one, or photograph the pages.</source>
        <translation>Mae&apos;r PDF wedi&apos;i ddiogelu â chyfrinair, ac ni allai&apos;r sawl sy&apos;n penderfynu ei agor. Cadwch ef heb gyfrinair, neu tynnwch luniau o&apos;r tudalennau.</translation>
    </message>
    <message>
        <source>The PDF is damaged and cannot be opened. Copy it again, or photograph the pages.</source>
        <translation>Mae&apos;r PDF wedi&apos;i ddifrodi ac ni ellir ei agor. Copïwch ef eto, neu tynnwch luniau o&apos;r tudalennau.</translation>
    </message>
    <message>
        <source>PDF, 1 page</source>
        <translation>PDF, 1 dudalen</translation>
    </message>
    <message>
        <source>PDF, %1 pages</source>
        <translation>PDF, %1 tudalen</translation>
    </message>
</context>
<context>
    <name>PracticePage</name>
    <message>
        <source>Practice</source>
        <translation>Ymarfer</translation>
    </message>
    <message>
        <source>The customers are invented. Everything works as in your work, and nothing leaves this tablet.</source>
        <translation>Cwsmeriaid dychmygol yw&apos;r rhain. Mae popeth yn gweithio fel yn eich gwaith, ac nid oes dim yn gadael y llechen hon.</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Wedi pasio</translation>
    </message>
    <message>
        <source>You have done every task. Go on practising as long as you like, or leave.</source>
        <translation>Rydych wedi gwneud pob tasg. Daliwch ati i ymarfer cyhyd ag y mynnoch, neu gadewch.</translation>
    </message>
    <message>
        <source>Done: %1</source>
        <translation>Wedi&apos;i wneud: %1</translation>
    </message>
    <message>
        <source>To do: %1</source>
        <translation>I&apos;w wneud: %1</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Wedi gorffen</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>I&apos;w wneud</translation>
    </message>
    <message>
        <source>The customers</source>
        <translation>Y cwsmeriaid</translation>
    </message>
    <message>
        <source>Today, in practice</source>
        <translation>Heddiw, wrth ymarfer</translation>
    </message>
    <message>
        <source>Leave practice</source>
        <translation>Gadael yr ymarfer</translation>
    </message>
    <message>
        <source>Leave practice?</source>
        <translation>Gadael yr ymarfer?</translation>
    </message>
    <message>
        <source>What you did here is thrown away.</source>
        <translation>Caiff yr hyn a wnaethoch yma ei daflu.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Gadael</translation>
    </message>
</context>
<context>
    <name>ProgressBar</name>
    <message>
        <source>%1 percent</source>
        <translation>%1 y cant</translation>
    </message>
</context>
<context>
    <name>ProofForm</name>
    <message>
        <source>Evidence · %1</source>
        <translation>Tystiolaeth · %1</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Tystiolaeth</translation>
    </message>
    <message>
        <source>%1. The claim cannot go before it is seen.</source>
        <translation>%1. Ni ellir anfon yr hawliad nes iddo gael ei weld.</translation>
    </message>
    <message>
        <source>%1. The claim can go without it; it can follow later.</source>
        <translation>%1. Gellir anfon yr hawliad hebddo; gall ddilyn yn nes ymlaen.</translation>
    </message>
    <message>
        <source>What did you see?</source>
        <translation>Beth welsoch chi?</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Rhywbeth arall</translation>
    </message>
    <message>
        <source>What was it?</source>
        <translation>Beth oedd hwn?</translation>
    </message>
    <message>
        <source>How sure is it?</source>
        <translation>Pa mor sicr yw hyn?</translation>
    </message>
    <message>
        <source>I saw the original</source>
        <translation>Gwelais y gwreiddiol</translation>
    </message>
    <message>
        <source>I saw a copy</source>
        <translation>Gwelais gopi</translation>
    </message>
    <message>
        <source>They told me</source>
        <translation>Dywedwyd wrthyf</translation>
    </message>
    <message>
        <source>When did you see it?</source>
        <translation>Pryd y gwelsoch chi ef?</translation>
    </message>
    <message>
        <source>Why is it not available?</source>
        <translation>Pam nad yw ar gael?</translation>
    </message>
    <message>
        <source>For example, it was lost and a new one is ordered. The claim goes on.</source>
        <translation>Er enghraifft, fe&apos;i collwyd ac mae un newydd wedi&apos;i archebu. Mae&apos;r hawliad yn parhau.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Cadw</translation>
    </message>
    <message>
        <source>I have seen it after all</source>
        <translation>Rwyf wedi&apos;i weld wedi&apos;r cyfan</translation>
    </message>
    <message>
        <source>It is not available</source>
        <translation>Nid yw ar gael</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Tynnu&apos;n ôl</translation>
    </message>
    <message>
        <source>Give it back at once; what you write and the pictures are the record</source>
        <translation>Rhowch ef yn ôl ar unwaith; yr hyn a ysgrifennwch a&apos;r lluniau yw&apos;r cofnod</translation>
    </message>
    <message>
        <source>The original was given back</source>
        <translation>Rhoddwyd y gwreiddiol yn ôl</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Lluniau</translation>
    </message>
    <message>
        <source>One of each page that matters. They are kept at once, encrypted, whether or not the rest is saved.</source>
        <translation>Un o bob tudalen sy&apos;n bwysig. Fe&apos;u cedwir ar unwaith, wedi&apos;u hamgryptio, p&apos;un a gedwir y gweddill ai peidio.</translation>
    </message>
    <message>
        <source>Add another page</source>
        <translation>Ychwanegu tudalen arall</translation>
    </message>
    <message>
        <source>Add a picture</source>
        <translation>Ychwanegu llun</translation>
    </message>
    <message>
        <source>Why it is needed</source>
        <translation>Pam y mae ei angen</translation>
    </message>
    <message>
        <source>Fetch it</source>
        <translation>Ei nôl</translation>
    </message>
</context>
<context>
    <name>QuestionField</name>
    <message>
        <source>Not known yet</source>
        <translation>Ddim yn hysbys eto</translation>
    </message>
    <message>
        <source>Would rather not say</source>
        <translation>Gwell peidio â dweud</translation>
    </message>
</context>
<context>
    <name>QuestionPage</name>
    <message>
        <source>Task list</source>
        <translation>Rhestr dasgau</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Dod ag ef yn ôl</translation>
    </message>
    <message>
        <source>1 question to go</source>
        <translation>1 cwestiwn ar ôl</translation>
    </message>
    <message>
        <source>%1 questions to go</source>
        <translation>%1 o gwestiynau ar ôl</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Newid</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Dileu</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Parhau</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Ddim yn hysbys eto</translation>
    </message>
    <message>
        <source>Would rather not say</source>
        <translation>Gwell peidio â dweud</translation>
    </message>
    <message>
        <source>Skip for now</source>
        <translation>Hepgor am y tro</translation>
    </message>
    <message>
        <source>The claim goes on. It is noted that the question was asked and not answered.</source>
        <translation>Mae&apos;r hawliad yn parhau. Nodir bod y cwestiwn wedi&apos;i ofyn ac nad atebwyd ef.</translation>
    </message>
    <message>
        <source>The claim goes on. It stays on the list of what is outstanding until it is known.</source>
        <translation>Mae&apos;r hawliad yn parhau. Bydd hyn yn aros ar y rhestr o bethau i&apos;w gwneud nes ei fod yn hysbys.</translation>
    </message>
    <message>
        <source>A note (optional)</source>
        <translation>Nodyn (dewisol)</translation>
    </message>
    <message>
        <source>For example, what they said</source>
        <translation>Er enghraifft, yr hyn a ddywedwyd</translation>
    </message>
    <message>
        <source>For example, who will find out, and when</source>
        <translation>Er enghraifft, pwy fydd yn cael gwybod, a phryd</translation>
    </message>
    <message>
        <source>Save and go on</source>
        <translation>Cadw a pharhau</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Canslo</translation>
    </message>
</context>
<context>
    <name>RangeQuestion</name>
    <message>
        <source>From %1 to %2</source>
        <translation>O %1 i %2</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Task list</source>
        <translation>Rhestr dasgau</translation>
    </message>
    <message>
        <source>Done, back to Today</source>
        <translation>Wedi gorffen, yn ôl i Heddiw</translation>
    </message>
    <message>
        <source>See what is sent</source>
        <translation>Gweld beth sy&apos;n cael ei anfon</translation>
    </message>
    <message>
        <source>For the customer to take home</source>
        <translation>I&apos;r cwsmer fynd ag ef adref</translation>
    </message>
    <message>
        <source>Save their copy as PDF</source>
        <translation>Cadw eu copi fel PDF</translation>
    </message>
    <message>
        <source>Save the receipt as PDF</source>
        <translation>Cadw&apos;r dderbynneb fel PDF</translation>
    </message>
</context>
<context>
    <name>SaveCopy</name>
    <message>
        <source>Save an encrypted copy</source>
        <translation>Cadw copi wedi&apos;i amgryptio</translation>
    </message>
    <message>
        <source>For when this tablet cannot reach the server for long. What was not sent yet is written to a USB stick, and only the server can read it.</source>
        <translation>Ar gyfer pan na all y llechen hon gyrraedd y gweinydd am amser hir. Ysgrifennir yr hyn nas anfonwyd eto ar gofbin USB, a dim ond y gweinydd all ei ddarllen.</translation>
    </message>
    <message>
        <source>Put a USB stick into the tablet. It shows here by itself.</source>
        <translation>Rhowch gofbin USB yn y llechen. Bydd yn ymddangos yma ohono&apos;i hun.</translation>
    </message>
    <message>
        <source>Which stick?</source>
        <translation>Pa gofbin?</translation>
    </message>
    <message>
        <source>The copy is saved</source>
        <translation>Mae&apos;r copi wedi&apos;i gadw</translation>
    </message>
    <message>
        <source>Save the copy</source>
        <translation>Cadw&apos;r copi</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cau</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopio</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Canslo</translation>
    </message>
    <message>
        <source>File: %1</source>
        <translation>Ffeil: %1</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Chwilio</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Clirio&apos;r chwiliad</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Search</source>
        <translation>Chwilio</translation>
    </message>
    <message>
        <source>Claims on this tablet. No network is needed.</source>
        <translation>Hawliadau ar y llechen hon. Nid oes angen rhwydwaith.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Yn ôl</translation>
    </message>
    <message>
        <source>Search claims</source>
        <translation>Chwilio hawliadau</translation>
    </message>
    <message>
        <source>Name, NI number or claim number</source>
        <translation>Enw, rhif YG neu rif hawliad</translation>
    </message>
</context>
<context>
    <name>SendingPage</name>
    <message>
        <source>Sending</source>
        <translation>Anfon</translation>
    </message>
    <message>
        <source>Go on sending</source>
        <translation>Parhau i anfon</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Seibio</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Rhoi cynnig arni nawr</translation>
    </message>
    <message>
        <source>Photos only on Wi-Fi</source>
        <translation>Lluniau dros Wi-Fi yn unig</translation>
    </message>
    <message>
        <source>Answers and signed statements are small and go over any network.</source>
        <translation>Mae atebion a datganiadau wedi&apos;u llofnodi yn fach ac yn mynd dros unrhyw rwydwaith.</translation>
    </message>
    <message>
        <source>No claims on this tablet</source>
        <translation>Nid oes hawliadau ar y llechen hon</translation>
    </message>
    <message>
        <source>Each claim shows here with what the server has of it.</source>
        <translation>Dangosir pob hawliad yma gyda&apos;r hyn sydd gan y gweinydd ohono.</translation>
    </message>
    <message>
        <source>Correct it</source>
        <translation>Ei gywiro</translation>
    </message>
    <message>
        <source>Call support</source>
        <translation>Ffonio&apos;r tîm cymorth</translation>
    </message>
    <message>
        <source>Back to Today</source>
        <translation>Yn ôl i Heddiw</translation>
    </message>
    <message>
        <source>Save an encrypted copy</source>
        <translation>Cadw copi wedi&apos;i amgryptio</translation>
    </message>
    <message>
        <source>To a USB stick, when this tablet cannot reach the server for long</source>
        <translation>Ar gofbin USB, pan na all y llechen hon gyrraedd y gweinydd am amser hir</translation>
    </message>
</context>
<context>
    <name>SessionBar</name>
    <message>
        <source>Fieldclaim</source>
        <translation>Fieldclaim</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Gosodiadau</translation>
    </message>
    <message>
        <source>For %1, on this tablet</source>
        <translation>Ar gyfer %1, ar y llechen hon</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Iaith</translation>
    </message>
    <message>
        <source>Where a question has no Welsh text yet, the English one is shown.</source>
        <translation>Lle nad oes testun Cymraeg i gwestiwn eto, dangosir yr un Saesneg.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Maint y testun</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>125 %</source>
        <translation>125 %</translation>
    </message>
    <message>
        <source>150 %</source>
        <translation>150 %</translation>
    </message>
    <message>
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Golwg</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Golau</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tywyll</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Cyferbyniad uchel</translation>
    </message>
    <message>
        <source>For bright sun, and for eyes that need it</source>
        <translation>Ar gyfer haul llachar, a llygaid sydd ei angen</translation>
    </message>
    <message>
        <source>Photos are sent</source>
        <translation>Anfonir lluniau</translation>
    </message>
    <message>
        <source>Answers and signed statements are small and go over any network.</source>
        <translation>Mae atebion a datganiadau wedi&apos;u llofnodi yn fach ac yn mynd dros unrhyw rwydwaith.</translation>
    </message>
    <message>
        <source>Over any network</source>
        <translation>Dros unrhyw rwydwaith</translation>
    </message>
    <message>
        <source>Only over Wi-Fi</source>
        <translation>Dros Wi-Fi yn unig</translation>
    </message>
    <message>
        <source>Lock when nobody uses the tablet for</source>
        <translation>Cloi pan na fydd neb wedi defnyddio&apos;r llechen am</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5 munud</translation>
    </message>
    <message>
        <source>10 minutes</source>
        <translation>10 munud</translation>
    </message>
    <message>
        <source>20 minutes</source>
        <translation>20 munud</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30 munud</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Fersiynau</translation>
    </message>
    <message>
        <source>Fieldclaim</source>
        <translation>Fieldclaim</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Cwestiynau</translation>
    </message>
    <message>
        <source>Back to Today</source>
        <translation>Yn ôl i Heddiw</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Cloi nawr</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Storfa</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Lle storio</translation>
    </message>
    <message>
        <source>Little room is left. Answers can still be saved; send what waits, and tell your supervisor.</source>
        <translation>Ychydig o le sydd ar ôl. Gellir cadw atebion o hyd; anfonwch yr hyn sy&apos;n aros, a dywedwch wrth eich goruchwyliwr.</translation>
    </message>
    <message>
        <source>Diagnostics to send</source>
        <translation>Diagnosteg i&apos;w hanfon</translation>
    </message>
    <message>
        <source>For whoever looks into a fault: versions, sizes and counts. There is nothing of any claim in it, and no name.</source>
        <translation>I bwy bynnag sy&apos;n edrych i mewn i nam: fersiynau, meintiau a chyfrifon. Nid oes dim o unrhyw hawliad ynddi, nac unrhyw enw.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copïo</translation>
    </message>
    <message>
        <source>Who can open this tablet</source>
        <translation>Pwy all agor y llechen hon</translation>
    </message>
    <message>
        <source>Change your passphrase</source>
        <translation>Newid eich cyfrinymadrodd</translation>
    </message>
    <message>
        <source>Officers on this tablet</source>
        <translation>Swyddogion ar y llechen hon</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>Ymarfer</translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>Fieldclaim</source>
        <translation>Fieldclaim</translation>
    </message>
    <message>
        <source>Setting up this tablet</source>
        <translation>Sefydlu&apos;r llechen hon</translation>
    </message>
    <message>
        <source>Step 1 of 3</source>
        <translation>Cam 1 o 3</translation>
    </message>
    <message>
        <source>Step 2 of 3</source>
        <translation>Cam 2 o 3</translation>
    </message>
    <message>
        <source>Step 3 of 3</source>
        <translation>Cam 3 o 3</translation>
    </message>
    <message>
        <source>Enrol this tablet</source>
        <translation>Cofrestru&apos;r llechen hon</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>Pwy ydych chi?</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>Dewis cyfrinymadrodd</translation>
    </message>
    <message>
        <source>This needs a network once. After that the tablet works without one.</source>
        <translation>Mae angen rhwydwaith ar gyfer hyn unwaith. Wedi hynny mae&apos;r llechen yn gweithio heb un.</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>Cyfeiriad y gweinydd</translation>
    </message>
    <message>
        <source>Enrolment code</source>
        <translation>Cod cofrestru</translation>
    </message>
    <message>
        <source>8 groups of 5 characters, from the back office. It lasts 24 hours and serves once. Capitals and spaces do not matter.</source>
        <translation>8 grŵp o 5 nod, gan y swyddfa gefn. Mae&apos;n para 24 awr a gellir ei ddefnyddio unwaith. Nid oes ots am briflythrennau na bylchau.</translation>
    </message>
    <message>
        <source>Choose your name</source>
        <translation>Dewiswch eich enw</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>Cod untro</translation>
    </message>
    <message>
        <source>From your supervisor. It shows the server that it is you, %1.</source>
        <translation>Gan eich goruchwyliwr. Mae&apos;n dangos i&apos;r gweinydd mai chi sydd yno, %1.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Cyfrinymadrodd</translation>
    </message>
    <message>
        <source>Four words that you can remember are better than a short word with signs. You type it at each unlock.</source>
        <translation>Mae pedwar gair y gallwch eu cofio yn well na gair byr gyda symbolau. Byddwch yn ei deipio bob tro y byddwch yn datgloi.</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Gorffen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Parhau</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Yn ôl</translation>
    </message>
</context>
<context>
    <name>SignPage</name>
    <message>
        <source>Please read, or have read to you, then sign</source>
        <translation>Darllenwch, neu gofynnwch i rywun ddarllen i chi, yna llofnodwch</translation>
    </message>
    <message>
        <source>Turn back</source>
        <translation>Troi&apos;n ôl</translation>
    </message>
    <message>
        <source>Turn round</source>
        <translation>Troi&apos;r sgrin</translation>
    </message>
    <message>
        <source>Check the answers</source>
        <translation>Gwirio&apos;r atebion</translation>
    </message>
    <message>
        <source>This claim is signed in ink</source>
        <translation>Llofnodir yr hawliad hwn mewn inc</translation>
    </message>
    <message>
        <source>Whose signature is this?</source>
        <translation>Llofnod pwy yw hwn?</translation>
    </message>
    <message>
        <source>Who signs?</source>
        <translation>Pwy sy&apos;n llofnodi?</translation>
    </message>
    <message>
        <source>The customer&apos;s mark</source>
        <translation>Marc y cwsmer</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Llofnod</translation>
    </message>
    <message>
        <source>Witness&apos;s full name</source>
        <translation>Enw llawn y tyst</translation>
    </message>
    <message>
        <source>Someone who saw the mark made, and is not you. A typed name is not a signature.</source>
        <translation>Rhywun a welodd y marc yn cael ei wneud, ac nid chi. Nid yw enw wedi&apos;i deipio yn llofnod.</translation>
    </message>
    <message>
        <source>%1 · statement %2</source>
        <translation>%1 · datganiad %2</translation>
    </message>
    <message>
        <source>If an answer changes later, this signature is crossed out and you are asked again.</source>
        <translation>Os bydd ateb yn newid yn nes ymlaen, caiff y llofnod hwn ei groesi allan a gofynnir i chi eto.</translation>
    </message>
    <message>
        <source>Signed in ink</source>
        <translation>Llofnodwyd mewn inc</translation>
    </message>
    <message>
        <source>Mark made and seen</source>
        <translation>Gwnaed y marc a&apos;i weld</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Llofnodi</translation>
    </message>
    <message>
        <source>Sign on the tablet instead</source>
        <translation>Llofnodi ar y llechen yn lle hynny</translation>
    </message>
    <message>
        <source>Sign on paper instead</source>
        <translation>Llofnodi ar bapur yn lle hynny</translation>
    </message>
    <message>
        <source>Makes a mark, with a witness</source>
        <translation>Gwneud marc, gyda thyst</translation>
    </message>
    <message>
        <source>Not today</source>
        <translation>Nid heddiw</translation>
    </message>
    <message>
        <source>See what changed</source>
        <translation>Gweld beth a newidiodd</translation>
    </message>
    <message>
        <source>The customer cannot draw</source>
        <translation>Ni all y cwsmer dynnu llun</translation>
    </message>
    <message>
        <source>Their press of the button below is the mark. The witness sees it.</source>
        <translation>Eu pwyso ar y botwm isod yw&apos;r marc. Mae&apos;r tyst yn ei weld.</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>Signature</source>
        <translation>Llofnod</translation>
    </message>
    <message>
        <source>Sign here</source>
        <translation>Llofnodwch yma</translation>
    </message>
    <message>
        <source>Not signed yet</source>
        <translation>Heb ei lofnodi eto</translation>
    </message>
    <message>
        <source>Signed with 1 stroke</source>
        <translation>Llofnodwyd ag 1 strôc</translation>
    </message>
    <message>
        <source>Signed with %1 strokes</source>
        <translation>Llofnodwyd â %1 o strociau</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Clirio</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Dadwneud</translation>
    </message>
    <message>
        <source>Takes the last stroke away</source>
        <translation>Yn dileu&apos;r strôc olaf</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Opens Sending</source>
        <translation>Yn agor Anfon</translation>
    </message>
</context>
<context>
    <name>SuggestionCard</name>
    <message>
        <source>%1. What would change it: %2</source>
        <translation>%1. Beth fyddai&apos;n newid hyn: %2</translation>
    </message>
</context>
<context>
    <name>TaskListItem</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>TextAreaField</name>
    <message>
        <source>1 character too many</source>
        <translation>1 nod yn ormod</translation>
    </message>
    <message>
        <source>%1 characters too many</source>
        <translation>%1 o nodau&apos;n ormod</translation>
    </message>
    <message>
        <source>1 character left</source>
        <translation>1 nod ar ôl</translation>
    </message>
    <message>
        <source>%1 characters left</source>
        <translation>%1 o nodau ar ôl</translation>
    </message>
</context>
<context>
    <name>TimeQuestion</name>
    <message>
        <source>Hours and minutes, for example 9:30 or 2:15 pm</source>
        <translation>Oriau a munudau, er enghraifft 9:30 neu 2:15 pm</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss</source>
        <translation>Cau</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Search</source>
        <translation>Chwilio</translation>
    </message>
    <message>
        <source>New claim</source>
        <translation>Hawliad newydd</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Cau</translation>
    </message>
    <message>
        <source>No appointments today</source>
        <translation>Dim apwyntiadau heddiw</translation>
    </message>
    <message>
        <source>Appointments that are booked for this site show here. For someone who walks in, press New claim.</source>
        <translation>Dangosir yma&apos;r apwyntiadau a drefnwyd ar gyfer y safle hwn. I rywun sy&apos;n galw heibio, pwyswch Hawliad newydd.</translation>
    </message>
    <message>
        <source>Other open claims</source>
        <translation>Hawliadau agored eraill</translation>
    </message>
    <message>
        <source>Your actions</source>
        <translation>Eich camau gweithredu</translation>
    </message>
    <message>
        <source>Nothing is waiting for you.</source>
        <translation>Nid oes dim yn aros amdanoch.</translation>
    </message>
    <message>
        <source>This tablet</source>
        <translation>Y llechen hon</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Anfon</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Gosodiadau</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Cloi</translation>
    </message>
    <message>
        <source>Perhaps the same person</source>
        <translation>Yr un person efallai</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Golwg</translation>
    </message>
    <message>
        <source>Site board</source>
        <translation>Bwrdd y safle</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Opens Today</source>
        <translation>Yn agor Heddiw</translation>
    </message>
    <message>
        <source>Opens the tasks of practice</source>
        <translation>Yn agor tasgau&apos;r ymarfer</translation>
    </message>
</context>
<context>
    <name>UnlockPage</name>
    <message>
        <source>Fieldclaim</source>
        <translation>Fieldclaim</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Wedi&apos;i chloi</translation>
    </message>
    <message>
        <source>Mend this tablet</source>
        <translation>Trwsio&apos;r llechen hon</translation>
    </message>
    <message>
        <source>Forgotten passphrase</source>
        <translation>Wedi anghofio&apos;r cyfrinymadrodd</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Datgloi</translation>
    </message>
    <message>
        <source>Works with or without a network.</source>
        <translation>Yn gweithio gyda rhwydwaith neu hebddo.</translation>
    </message>
    <message>
        <source>A supervisor locked this tablet</source>
        <translation>Clowyd y llechen hon gan oruchwyliwr</translation>
    </message>
    <message>
        <source>Your work is kept. The tablet can be opened again when a supervisor unlocks it and it has a network.</source>
        <translation>Mae eich gwaith wedi&apos;i gadw. Gellir agor y llechen eto pan fydd goruchwyliwr yn ei datgloi a phan fydd ganddi rwydwaith.</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>Pwy ydych chi?</translation>
    </message>
    <message>
        <source>Passphrase of %1</source>
        <translation>Cyfrinymadrodd %1</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Cyfrinymadrodd</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Wrthi&apos;n agor</translation>
    </message>
    <message>
        <source>A new store was made</source>
        <translation>Gwnaed storfa newydd</translation>
    </message>
    <message>
        <source>The store of this tablet is damaged</source>
        <translation>Mae storfa&apos;r llechen hon wedi&apos;i difrodi</translation>
    </message>
    <message>
        <source>Reading what can be read. This can take some minutes.</source>
        <translation>Wrthi&apos;n darllen yr hyn y gellir ei ddarllen. Gall hyn gymryd rhai munudau.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Parhau</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Wrthi&apos;n darllen</translation>
    </message>
    <message>
        <source>Save what can be read</source>
        <translation>Achub yr hyn y gellir ei ddarllen</translation>
    </message>
    <message>
        <source>I have forgotten my passphrase</source>
        <translation>Rwyf wedi anghofio fy nghyfrinymadrodd</translation>
    </message>
    <message>
        <source>Show a code for my supervisor</source>
        <translation>Dangos cod i&apos;m goruchwyliwr</translation>
    </message>
    <message>
        <source>Too many wrong tries</source>
        <translation>Gormod o gynigion anghywir</translation>
    </message>
    <message>
        <source>What can be read is put into a new store. The damaged one is kept; nothing is deleted. What the server has comes back from there. To be quite sure, save an encrypted copy of what was not sent to a USB stick first.</source>
        <translation>Rhoddir yr hyn y gellir ei ddarllen mewn storfa newydd. Cedwir yr un sydd wedi&apos;i difrodi; ni ddilëir dim. Daw&apos;r hyn sydd gan y gweinydd yn ôl oddi yno. I fod yn gwbl sicr, cadwch gopi wedi&apos;i amgryptio o&apos;r hyn nas anfonwyd ar gofbin USB yn gyntaf.</translation>
    </message>
    <message>
        <source>Save an encrypted copy first</source>
        <translation>Cadw copi wedi&apos;i amgryptio yn gyntaf</translation>
    </message>
    <message>
        <source>To a USB stick, for the server alone</source>
        <translation>Ar gofbin USB, ar gyfer y gweinydd yn unig</translation>
    </message>
    <message>
        <source>Nobody can read it out to you: it is kept nowhere. Connect the tablet to a network: it then shows a code. Read it to your supervisor on the telephone, then choose a new passphrase. What you saved stays on the tablet.</source>
        <translation>Ni all neb ei ddarllen i chi: nid yw&apos;n cael ei gadw yn unman. Cysylltwch y llechen â rhwydwaith: yna mae&apos;n dangos cod. Darllenwch ef i&apos;ch goruchwyliwr dros y ffôn, yna dewiswch gyfrinymadrodd newydd. Mae&apos;r hyn a gadwyd gennych yn aros ar y llechen.</translation>
    </message>
    <message>
        <source>%1. Closing the app does not shorten it.</source>
        <translation>%1. Nid yw cau&apos;r ap yn byrhau&apos;r aros.</translation>
    </message>
    <message>
        <source>Practise with invented customers</source>
        <translation>Ymarfer gyda chwsmeriaid dychmygol</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>This date is protected and was not changed. Once it stands, it is corrected with a reason.</source>
        <translation>Mae&apos;r dyddiad hwn wedi&apos;i ddiogelu ac ni chafodd ei newid. Unwaith y mae&apos;n sefyll, dim ond gyda rheswm y caiff ei gywiro.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>never</source>
        <translation>erioed</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>eiliad yn ôl</translation>
    </message>
    <message>
        <source>%1 minute ago</source>
        <translation>%1 munud yn ôl</translation>
    </message>
    <message>
        <source>%1 minutes ago</source>
        <translation>%1 mun. yn ôl</translation>
    </message>
    <message>
        <source>%1 second</source>
        <translation>%1 eiliad</translation>
    </message>
    <message>
        <source>%1 seconds</source>
        <translation>%1 eiliad</translation>
    </message>
    <message>
        <source>%1 minute</source>
        <translation>%1 munud</translation>
    </message>
    <message>
        <source>%1 minutes</source>
        <translation>%1 mun.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Cadarnhawyd</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Ddim yn hysbys eto</translation>
    </message>
    <message>
        <source>Not known yet: %1</source>
        <translation>Ddim yn hysbys eto: %1</translation>
    </message>
    <message>
        <source>Would rather not say</source>
        <translation>Gwell peidio â dweud</translation>
    </message>
    <message>
        <source>Would rather not say: %1</source>
        <translation>Gwell peidio â dweud: %1</translation>
    </message>
    <message>
        <source>Refused: correct it</source>
        <translation>Gwrthodwyd: mae angen ei gywiro</translation>
    </message>
    <message>
        <source>Set aside by the server</source>
        <translation>Rhoddwyd o&apos;r neilltu gan y gweinydd</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Derbyniwyd</translation>
    </message>
    <message>
        <source>Two answers differ</source>
        <translation>Mae dau ateb yn wahanol</translation>
    </message>
    <message>
        <source>%1 answer differs</source>
        <translation>%1 ateb yn wahanol</translation>
    </message>
    <message>
        <source>%1 answers differ</source>
        <translation>%1 o atebion yn wahanol</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Heb ddechrau</translation>
    </message>
    <message>
        <source>%1 question to go</source>
        <translation>%1 cwestiwn ar ôl</translation>
    </message>
    <message>
        <source>%1 questions to go</source>
        <translation>%1 o gwestiynau ar ôl</translation>
    </message>
    <message>
        <source>Sign again</source>
        <translation>Llofnodi eto</translation>
    </message>
    <message>
        <source>Partner still to sign</source>
        <translation>Y partner heb lofnodi eto</translation>
    </message>
    <message>
        <source>Ready to sign</source>
        <translation>Yn barod i&apos;w lofnodi</translation>
    </message>
    <message>
        <source>Signed on another tablet</source>
        <translation>Llofnodwyd ar lechen arall</translation>
    </message>
    <message>
        <source>Waiting for proof</source>
        <translation>Yn aros am brawf</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Anfonwyd</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Wedi&apos;i lofnodi</translation>
    </message>
    <message>
        <source>Saved on this tablet, waiting for its turn</source>
        <translation>Wedi&apos;i gadw ar y llechen hon, yn aros ei dro</translation>
    </message>
    <message>
        <source>Part of it is on the server</source>
        <translation>Mae rhan ohono ar y gweinydd</translation>
    </message>
    <message>
        <source>On the server</source>
        <translation>Ar y gweinydd</translation>
    </message>
    <message>
        <source>Kept, not applied</source>
        <translation>Wedi&apos;i gadw, heb ei roi ar waith</translation>
    </message>
    <message>
        <source>Kept, not applied: %1</source>
        <translation>Wedi&apos;i gadw, heb ei roi ar waith: %1</translation>
    </message>
    <message>
        <source>On the server, waiting</source>
        <translation>Ar y gweinydd, yn aros</translation>
    </message>
    <message>
        <source>On the server, waiting: %1</source>
        <translation>Ar y gweinydd, yn aros: %1</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Gwrthodwyd</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Gwrthodwyd: %1</translation>
    </message>
    <message>
        <source>A supervisor refused %1 save</source>
        <translation>Gwrthododd goruchwyliwr %1 newid a gadwyd</translation>
    </message>
    <message>
        <source>A supervisor refused %1 saves</source>
        <translation>Gwrthododd goruchwyliwr %1 o newidiadau a gadwyd</translation>
    </message>
    <message>
        <source>Waiting on the server</source>
        <translation>Yn aros ar y gweinydd</translation>
    </message>
    <message>
        <source>A supervisor refused a save</source>
        <translation>Gwrthododd goruchwyliwr newid a gadwyd</translation>
    </message>
    <message>
        <source>A supervisor refused %1 change</source>
        <translation>Gwrthododd goruchwyliwr %1 newid</translation>
    </message>
    <message>
        <source>A supervisor refused %1 changes</source>
        <translation>Gwrthododd goruchwyliwr %1 o newidiadau</translation>
    </message>
    <message>
        <source>It no longer counts, and is not shown as an answer.</source>
        <translation>Nid yw&apos;n cyfrif mwyach, ac nid yw&apos;n cael ei ddangos fel ateb.</translation>
    </message>
    <message>
        <source>A save waits on the server</source>
        <translation>Mae newid a gadwyd yn aros ar y gweinydd</translation>
    </message>
    <message>
        <source>%1 change waits on the server</source>
        <translation>Mae %1 newid yn aros ar y gweinydd</translation>
    </message>
    <message>
        <source>%1 changes wait on the server</source>
        <translation>Mae %1 o newidiadau&apos;n aros ar y gweinydd</translation>
    </message>
    <message>
        <source>The server has it and will add it by itself. There is nothing to do.</source>
        <translation>Mae gan y gweinydd hwn a bydd yn ei ychwanegu&apos;n awtomatig. Nid oes dim i&apos;w wneud.</translation>
    </message>
    <message>
        <source>The server set a save aside</source>
        <translation>Rhoddodd y gweinydd newid a gadwyd o&apos;r neilltu</translation>
    </message>
    <message>
        <source>The server set %1 change aside</source>
        <translation>Rhoddodd y gweinydd %1 newid o&apos;r neilltu</translation>
    </message>
    <message>
        <source>The server set %1 changes aside</source>
        <translation>Rhoddodd y gweinydd %1 o newidiadau o&apos;r neilltu</translation>
    </message>
    <message>
        <source>Nothing is lost: it stays on this tablet, marked, until a supervisor decides. Call your supervisor.</source>
        <translation>Ni chollwyd dim: mae&apos;n aros ar y llechen hon, wedi&apos;i farcio, nes i oruchwyliwr benderfynu. Ffoniwch eich goruchwyliwr.</translation>
    </message>
    <message>
        <source>%1 told</source>
        <translation>%1: rhoddwyd gwybod</translation>
    </message>
    <message>
        <source>%1 accepted</source>
        <translation>%1: derbyniwyd</translation>
    </message>
    <message>
        <source>%1 refused</source>
        <translation>%1: gwrthodwyd</translation>
    </message>
    <message>
        <source>%1 refused: %2</source>
        <translation>%1: gwrthodwyd: %2</translation>
    </message>
    <message>
        <source>%1 has it</source>
        <translation>%1: wedi cyrraedd</translation>
    </message>
    <message>
        <source>%1 did not answer yet</source>
        <translation>%1: dim ateb eto</translation>
    </message>
    <message>
        <source>%1 is closed now</source>
        <translation>%1: ar gau nawr</translation>
    </message>
    <message>
        <source>Going to %1</source>
        <translation>%1: ar ei ffordd</translation>
    </message>
    <message>
        <source>no contact yet</source>
        <translation>dim cyswllt eto</translation>
    </message>
    <message>
        <source>last contact %1</source>
        <translation>cyswllt diwethaf %1</translation>
    </message>
    <message>
        <source>%1 save set aside by the server</source>
        <translation>%1 newid wedi&apos;i roi o&apos;r neilltu gan y gweinydd</translation>
    </message>
    <message>
        <source>%1 saves set aside by the server</source>
        <translation>%1 o newidiadau wedi&apos;u rhoi o&apos;r neilltu gan y gweinydd</translation>
    </message>
    <message>
        <source>Saved on this tablet</source>
        <translation>Wedi&apos;i gadw ar y llechen hon</translation>
    </message>
    <message>
        <source>%1 claim waiting to send</source>
        <translation>%1 hawliad yn aros i&apos;w anfon</translation>
    </message>
    <message>
        <source>%1 claims waiting to send</source>
        <translation>%1 o hawliadau&apos;n aros i&apos;w hanfon</translation>
    </message>
    <message>
        <source>Nothing to send yet</source>
        <translation>Dim i&apos;w anfon eto</translation>
    </message>
    <message>
        <source>Everything sent</source>
        <translation>Anfonwyd popeth</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 o %2</translation>
    </message>
    <message>
        <source>This tablet and the server count differently. Call support: nothing is lost</source>
        <translation>Mae&apos;r llechen hon a&apos;r gweinydd yn cyfrif yn wahanol. Ffoniwch y tîm cymorth: ni chollwyd dim</translation>
    </message>
    <message>
        <source>Nothing was taken for five minutes. It is tried again by itself</source>
        <translation>Ni dderbyniwyd dim ers pum munud. Rhoddir cynnig arall arni&apos;n awtomatig</translation>
    </message>
    <message>
        <source>Paused. Nothing is sent until you go on</source>
        <translation>Wedi seibio. Ni chaiff dim ei anfon nes i chi barhau</translation>
    </message>
    <message>
        <source>No network. Work goes on; it is sent when there is one</source>
        <translation>Dim rhwydwaith. Mae&apos;r gwaith yn parhau; caiff ei anfon pan fydd un ar gael</translation>
    </message>
    <message>
        <source>Finding the server</source>
        <translation>Wrthi&apos;n dod o hyd i&apos;r gweinydd</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Wrthi&apos;n anfon</translation>
    </message>
    <message>
        <source>Sending statements and photos</source>
        <translation>Wrthi&apos;n anfon datganiadau a lluniau</translation>
    </message>
    <message>
        <source>Fetching what others changed</source>
        <translation>Wrthi&apos;n nôl newidiadau pobl eraill</translation>
    </message>
    <message>
        <source>The server&apos;s form pack is not signed as it should be and was not taken. What is here stays in use: call support</source>
        <translation>Nid yw pecyn ffurflenni&apos;r gweinydd wedi&apos;i lofnodi fel y dylai fod ac ni chafodd ei gymryd. Mae&apos;r hyn sydd yma yn dal i gael ei ddefnyddio: ffoniwch y tîm cymorth</translation>
    </message>
    <message>
        <source>Photos wait for Wi-Fi. Everything else is sent</source>
        <translation>Mae lluniau&apos;n aros am Wi-Fi. Anfonwyd popeth arall</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>Yn gyfredol</translation>
    </message>
    <message>
        <source>The server does not know this tablet any more. Your work is kept: call support</source>
        <translation>Nid yw&apos;r gweinydd yn adnabod y llechen hon mwyach. Mae eich gwaith wedi&apos;i gadw: ffoniwch y tîm cymorth</translation>
    </message>
    <message>
        <source>Original seen</source>
        <translation>Gwelwyd y gwreiddiol</translation>
    </message>
    <message>
        <source>Copy seen</source>
        <translation>Gwelwyd copi</translation>
    </message>
    <message>
        <source>Told us</source>
        <translation>Dywedwyd wrthym</translation>
    </message>
    <message>
        <source>The original must be seen</source>
        <translation>Rhaid gweld y gwreiddiol</translation>
    </message>
    <message>
        <source>A copy is enough</source>
        <translation>Mae copi&apos;n ddigon</translation>
    </message>
    <message>
        <source>It is enough to be told</source>
        <translation>Mae&apos;n ddigon cael gwybod</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Cwsmer</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Chi</translation>
    </message>
    <message>
        <source>This claim has left this tablet: another site has it now, or it was erased by law. Ask a supervisor where it is.</source>
        <translation>Mae&apos;r hawliad hwn wedi gadael y llechen hon: mae gan safle arall ef yn awr, neu fe&apos;i dilëwyd yn ôl y gyfraith. Gofynnwch i oruchwyliwr ble mae ef.</translation>
    </message>
    <message>
        <source>This is not asked any more. The answer is kept, and is not sent.</source>
        <translation>Ni ofynnir hyn mwyach. Cedwir yr ateb, ac nid yw&apos;n cael ei anfon.</translation>
    </message>
    <message>
        <source>This is asked in another place now. The earlier answer is kept, and is not sent.</source>
        <translation>Gofynnir hyn mewn lle arall bellach. Cedwir yr ateb cynharach, ac nid yw&apos;n cael ei anfon.</translation>
    </message>
    <message>
        <source>This choice is not offered any more. Choose again.</source>
        <translation>Ni chynigir y dewis hwn mwyach. Dewiswch eto.</translation>
    </message>
    <message>
        <source>This is answered in another way now. Answer it again.</source>
        <translation>Atebir hyn mewn ffordd arall bellach. Atebwch eto.</translation>
    </message>
    <message>
        <source>A new question: it was not asked before.</source>
        <translation>Cwestiwn newydd: ni chafodd ei ofyn o&apos;r blaen.</translation>
    </message>
    <message>
        <source>Told us on the phone</source>
        <translation>Dywedwyd wrthym ar y ffôn</translation>
    </message>
    <message>
        <source>All answered</source>
        <translation>Atebwyd y cyfan</translation>
    </message>
    <message>
        <source>Refused: sign again</source>
        <translation>Gwrthodwyd: llofnodwch eto</translation>
    </message>
    <message>
        <source>Claim %1 cannot be read on this tablet. It is kept, and the other claims go on. Call support with this number.</source>
        <translation>Ni ellir darllen hawliad %1 ar y llechen hon. Fe&apos;i cedwir, ac mae&apos;r hawliadau eraill yn mynd ymlaen. Ffoniwch y tîm cymorth gyda&apos;r rhif hwn.</translation>
    </message>
    <message>
        <source>Cannot be read here</source>
        <translation>Ni ellir ei ddarllen yma</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Llun %1</translation>
    </message>
    <message>
        <source>File %1</source>
        <translation>Ffeil %1</translation>
    </message>
    <message>
        <source>With the office</source>
        <translation>Gyda'r swyddfa</translation>
    </message>
    <message>
        <source>%1: with the office</source>
        <translation>%1: gyda'r swyddfa</translation>
    </message>
    <message>
        <source>%1: with the office: %2</source>
        <translation>%1: gyda'r swyddfa: %2</translation>
    </message>
    <message>
        <source>The office</source>
        <translation>Y swyddfa</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::AnswerHistoryViewModel</name>
    <message>
        <source>Nothing has been answered yet.</source>
        <translation>Nid oes dim wedi&apos;i ateb eto.</translation>
    </message>
    <message>
        <source>Answered once</source>
        <translation>Atebwyd unwaith</translation>
    </message>
    <message>
        <source>Answered or changed %1 times</source>
        <translation>Sawl gwaith yr atebwyd neu y newidiwyd: %1</translation>
    </message>
    <message>
        <source>What stood before that is not on this tablet. The back office can see it.</source>
        <translation>Nid yw&apos;r hyn a safai cyn hynny ar y llechen hon. Gall y swyddfa gefn ei weld.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Dim ateb</translation>
    </message>
    <message>
        <source>A colleague</source>
        <translation>Cydweithiwr</translation>
    </message>
    <message>
        <source>The server</source>
        <translation>Y gweinydd</translation>
    </message>
    <message>
        <source>The server, as %1 asked</source>
        <translation>Y gweinydd, ar gais %1</translation>
    </message>
    <message>
        <source>on this tablet</source>
        <translation>ar y llechen hon</translation>
    </message>
    <message>
        <source>on another tablet</source>
        <translation>ar lechen arall</translation>
    </message>
    <message>
        <source>on another tablet, %1</source>
        <translation>ar lechen arall, %1</translation>
    </message>
    <message>
        <source>on a tablet of another site (%1)</source>
        <translation>ar lechen safle arall (%1)</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Wedi&apos;i ddisodli</translation>
    </message>
    <message>
        <source>The answer now</source>
        <translation>Yr ateb nawr</translation>
    </message>
    <message>
        <source>One of the answers that differ</source>
        <translation>Un o&apos;r atebion sy&apos;n wahanol</translation>
    </message>
    <message>
        <source>Refused by a supervisor</source>
        <translation>Gwrthodwyd gan oruchwyliwr</translation>
    </message>
    <message>
        <source>Confirmed: the same answer again</source>
        <translation>Cadarnhawyd: yr un ateb eto</translation>
    </message>
    <message>
        <source>In place of %1</source>
        <translation>Yn lle %1</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>Rheswm: %1</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::AnswerOffers</name>
    <message>
        <source>Take this answer away</source>
        <translation>Tynnu&apos;r ateb hwn yn ôl</translation>
    </message>
    <message>
        <source>Put back: %1</source>
        <translation>Rhoi yn ôl: %1</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::CheckAnswersViewModel</name>
    <message>
        <source>Not in what was signed</source>
        <translation>Nid oedd yn yr hyn a lofnodwyd</translation>
    </message>
    <message>
        <source>Was “%1” when signed</source>
        <translation>“%1” oedd hwn wrth lofnodi</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>Heb ei ateb</translation>
    </message>
    <message>
        <source>1 answer</source>
        <translation>1 ateb</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 o atebion</translation>
    </message>
    <message>
        <source>Two answers differ. Choose which one holds before signing.</source>
        <translation>Mae dau ateb yn wahanol. Dewiswch pa un sy&apos;n gywir cyn llofnodi.</translation>
    </message>
    <message>
        <source>1 question is not answered yet. It is needed before signing.</source>
        <translation>Mae 1 cwestiwn heb ei ateb eto. Mae ei angen cyn llofnodi.</translation>
    </message>
    <message>
        <source>%1 questions are not answered yet. They are needed before signing.</source>
        <translation>Mae %1 o gwestiynau heb eu hateb eto. Mae eu hangen cyn llofnodi.</translation>
    </message>
    <message>
        <source>No benefit is chosen yet.</source>
        <translation>Ni ddewiswyd budd-dal eto.</translation>
    </message>
    <message>
        <source>Signed, and not there any more</source>
        <translation>Llofnodwyd, ac nid yw yno mwyach</translation>
    </message>
    <message>
        <source>Not there now</source>
        <translation>Nid yw yno nawr</translation>
    </message>
    <message>
        <source>1 answer is not as it was signed on %1. It is marked below. The customer signs again.</source>
        <translation>Nid yw 1 ateb fel y&apos;i llofnodwyd ar %1. Mae wedi&apos;i farcio isod. Bydd y cwsmer yn llofnodi eto.</translation>
    </message>
    <message>
        <source>%1 answers are not as they were signed on %2. They are marked below. The customer signs again.</source>
        <translation>Nid yw %1 o atebion fel y&apos;u llofnodwyd ar %2. Maent wedi&apos;u marcio isod. Bydd y cwsmer yn llofnodi eto.</translation>
    </message>
    <message>
        <source>The server refused what was signed: %1 The customer signs again.</source>
        <translation>Gwrthododd y gweinydd yr hyn a lofnodwyd: %1 Mae&apos;r cwsmer yn llofnodi eto.</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::ClaimViewModel</name>
    <message>
        <source>New claim</source>
        <translation>Hawliad newydd</translation>
    </message>
    <message>
        <source>look again</source>
        <translation>edrychwch eto</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>dim angen</translation>
    </message>
    <message>
        <source>%1 to go</source>
        <translation>%1 ar ôl</translation>
    </message>
    <message>
        <source>done</source>
        <translation>cyflawn</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>dewisol</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Tystiolaeth</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>dim eto</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 o %2</translation>
    </message>
    <message>
        <source>Two answers differ: choose one first</source>
        <translation>Mae dau ateb yn wahanol: dewiswch un yn gyntaf</translation>
    </message>
    <message>
        <source>1 question to go first</source>
        <translation>1 cwestiwn i&apos;w ateb yn gyntaf</translation>
    </message>
    <message>
        <source>%1 questions to go first</source>
        <translation>%1 o gwestiynau i&apos;w hateb yn gyntaf</translation>
    </message>
    <message>
        <source>Choose the benefits to claim first</source>
        <translation>Dewiswch y budd-daliadau i&apos;w hawlio yn gyntaf</translation>
    </message>
    <message>
        <source>Check and sign</source>
        <translation>Gwirio a llofnodi</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>wedi&apos;i lofnodi</translation>
    </message>
    <message>
        <source>sign again</source>
        <translation>llofnodi eto</translation>
    </message>
    <message>
        <source>1 of 2 signed</source>
        <translation>llofnodwyd 1 o 2</translation>
    </message>
    <message>
        <source>This claim was withdrawn.</source>
        <translation>Tynnwyd yr hawliad hwn yn ôl.</translation>
    </message>
    <message>
        <source>Two officers gave different answers. Choose which one holds.</source>
        <translation>Rhoddodd dau swyddog atebion gwahanol. Dewiswch pa un sy&apos;n gywir.</translation>
    </message>
    <message>
        <source>1 question is still to be answered.</source>
        <translation>Mae 1 cwestiwn i&apos;w ateb o hyd.</translation>
    </message>
    <message>
        <source>%1 questions are still to be answered.</source>
        <translation>Mae %1 o gwestiynau i&apos;w hateb o hyd.</translation>
    </message>
    <message>
        <source>An answer changed after the signature. Check the answers and sign again.</source>
        <translation>Newidiodd ateb ar ôl y llofnod. Gwiriwch yr atebion a llofnodwch eto.</translation>
    </message>
    <message>
        <source>Every question is answered. Check the answers together, then sign.</source>
        <translation>Atebwyd pob cwestiwn. Gwiriwch yr atebion gyda&apos;ch gilydd, yna llofnodwch.</translation>
    </message>
    <message>
        <source>Signed. Some proof is still to be seen.</source>
        <translation>Llofnodwyd. Mae rhywfaint o brawf i&apos;w weld o hyd.</translation>
    </message>
    <message>
        <source>Signed. There is nothing more to do here.</source>
        <translation>Llofnodwyd. Nid oes dim mwy i&apos;w wneud yma.</translation>
    </message>
    <message>
        <source>1 answer saved</source>
        <translation>1 ateb wedi&apos;i gadw</translation>
    </message>
    <message>
        <source>%1 answers saved</source>
        <translation>%1 o atebion wedi&apos;u cadw</translation>
    </message>
    <message>
        <source>%1 · on this tablet only</source>
        <translation>%1 · ar y llechen hon yn unig</translation>
    </message>
    <message>
        <source>A question of another form</source>
        <translation>Cwestiwn o ffurflen arall</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>Ddim yr un fath</translation>
    </message>
    <message>
        <source>1 to choose</source>
        <translation>1 i&apos;w ddewis</translation>
    </message>
    <message>
        <source>%1 to choose</source>
        <translation>I&apos;w dewis: %1</translation>
    </message>
    <message>
        <source>Every question is answered. The customer asks for forms alone, so nothing is signed here. Some proof is still to be seen.</source>
        <translation>Atebwyd pob cwestiwn. Gofyn am ffurflenni yn unig y mae&apos;r cwsmer, felly ni lofnodir dim yma. Mae rhywfaint o brawf i&apos;w weld o hyd.</translation>
    </message>
    <message>
        <source>Every question is answered. The customer asks for forms alone, so nothing is signed here.</source>
        <translation>Atebwyd pob cwestiwn. Gofyn am ffurflenni yn unig y mae&apos;r cwsmer, felly ni lofnodir dim yma.</translation>
    </message>
    <message>
        <source>Check the answers</source>
        <translation>Gwirio&apos;r atebion</translation>
    </message>
    <message>
        <source>Choose between the answers</source>
        <translation>Dewis rhwng yr atebion</translation>
    </message>
    <message>
        <source>Go on with the questions</source>
        <translation>Parhau â&apos;r cwestiynau</translation>
    </message>
    <message>
        <source>Go to the evidence</source>
        <translation>Mynd i&apos;r dystiolaeth</translation>
    </message>
    <message>
        <source>Correct the answer</source>
        <translation>Cywiro&apos;r ateb</translation>
    </message>
    <message>
        <source>It was refused. Read below what was refused, correct the answers, then sign again.</source>
        <translation>Fe&apos;i gwrthodwyd. Darllenwch isod beth a wrthodwyd, cywirwch yr atebion, yna llofnodwch eto.</translation>
    </message>
    <message>
        <source>See what was refused</source>
        <translation>Gweld beth a wrthodwyd</translation>
    </message>
    <message>
        <source>Check and sign again</source>
        <translation>Gwirio a llofnodi eto</translation>
    </message>
    <message>
        <source>Show the receipt</source>
        <translation>Dangos y dderbynneb</translation>
    </message>
    <message>
        <source>The server refused what was signed: %1 Check the answers, then sign again.</source>
        <translation>Gwrthododd y gweinydd yr hyn a lofnodwyd: %1 Gwiriwch yr atebion, yna llofnodwch eto.</translation>
    </message>
    <message>
        <source>It was refused: “%1” Correct the answer, then sign again.</source>
        <translation>Fe&apos;i gwrthodwyd: “%1” Cywirwch yr ateb, yna llofnodwch eto.</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::ConflictViewModel</name>
    <message>
        <source>Keep or remove: %1</source>
        <translation>Cadw neu ddileu: %1</translation>
    </message>
    <message>
        <source>Proof: %1</source>
        <translation>Prawf: %1</translation>
    </message>
    <message>
        <source>A record of this claim</source>
        <translation>Cofnod o&apos;r hawliad hwn</translation>
    </message>
    <message>
        <source>Not the same · %1 of %2</source>
        <translation>Ddim yr un fath · %1 o %2</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>Dewiswch un</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>Defnyddio %1</translation>
    </message>
    <message>
        <source>An officer</source>
        <translation>Swyddog</translation>
    </message>
    <message>
        <source>The same person as in claim %1?</source>
        <translation>Yr un person ag yn hawliad %1?</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>Apwyntiad</translation>
    </message>
    <message>
        <source>keep or remove</source>
        <translation>cadw neu dynnu</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 o atebion</translation>
    </message>
    <message>
        <source>two answers</source>
        <translation>dau ateb</translation>
    </message>
    <message>
        <source>Use this answer</source>
        <translation>Defnyddio&apos;r ateb hwn</translation>
    </message>
    <message>
        <source>Use the chosen one</source>
        <translation>Defnyddio&apos;r un a ddewiswyd</translation>
    </message>
    <message>
        <source>another tablet</source>
        <translation>llechen arall</translation>
    </message>
    <message>
        <source>this tablet</source>
        <translation>y llechen hon</translation>
    </message>
    <message>
        <source>No proof: %1</source>
        <translation>Dim prawf: %1</translation>
    </message>
    <message>
        <source>No proof recorded with it</source>
        <translation>Dim prawf wedi&apos;i gofnodi gydag ef</translation>
    </message>
    <message>
        <source>Taken away: no answer</source>
        <translation>Wedi&apos;i dynnu&apos;n ôl: dim ateb</translation>
    </message>
    <message>
        <source>The date of first contact is protected: say why the one that you choose is right. The server decides, and until then both stand.</source>
        <translation>Mae dyddiad y cysylltiad cyntaf wedi&apos;i ddiogelu: dywedwch pam mae&apos;r un a ddewiswch yn gywir. Y gweinydd sy&apos;n penderfynu, a than hynny mae&apos;r ddau&apos;n sefyll.</translation>
    </message>
    <message>
        <source>%1 is asked for. The server decides about it when there is a network.</source>
        <translation>Gofynnwyd am %1. Bydd y gweinydd yn penderfynu amdano pan fydd rhwydwaith.</translation>
    </message>
    <message>
        <source>One officer removed it, another changed it. It stays or goes as a whole.</source>
        <translation>Tynnodd un swyddog ef, newidiodd un arall ef. Mae&apos;n aros neu&apos;n mynd yn gyfan.</translation>
    </message>
    <message>
        <source>Keep it: %1</source>
        <translation>Ei gadw: %1</translation>
    </message>
    <message>
        <source>The last change</source>
        <translation>Y newid olaf</translation>
    </message>
    <message>
        <source>Remove it: %1</source>
        <translation>Ei dynnu: %1</translation>
    </message>
    <message>
        <source>The removal</source>
        <translation>Y tynnu</translation>
    </message>
    <message>
        <source>Taken away</source>
        <translation>Wedi&apos;i dynnu&apos;n ôl</translation>
    </message>
    <message>
        <source>Not available: %1</source>
        <translation>Ddim ar gael: %1</translation>
    </message>
    <message>
        <source>The same person</source>
        <translation>Yr un person</translation>
    </message>
    <message>
        <source>Two people: %1</source>
        <translation>Dau berson: %1</translation>
    </message>
    <message>
        <source>A record</source>
        <translation>Cofnod</translation>
    </message>
    <message>
        <source>Enter an answer</source>
        <translation>Rhowch ateb</translation>
    </message>
    <message>
        <source>This answer does not fit the question.</source>
        <translation>Nid yw&apos;r ateb hwn yn gweddu i&apos;r cwestiwn.</translation>
    </message>
    <message>
        <source>Say why this date is right</source>
        <translation>Dywedwch pam mae&apos;r dyddiad hwn yn gywir</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::CorrectDateViewModel</name>
    <message>
        <source>%1 was asked for: %2. The server has not answered yet.</source>
        <translation>Gofynnwyd am %1: %2. Nid yw&apos;r gweinydd wedi ateb eto.</translation>
    </message>
    <message>
        <source>%1 was asked for and accepted: %2</source>
        <translation>Gofynnwyd am %1, a derbyniwyd hynny: %2</translation>
    </message>
    <message>
        <source>%1 was asked for and refused: %2</source>
        <translation>Gofynnwyd am %1, a gwrthodwyd hynny: %2</translation>
    </message>
    <message>
        <source>Enter a real date, for example 27 3 1971</source>
        <translation>Rhowch ddyddiad go iawn, er enghraifft 27 3 1971</translation>
    </message>
    <message>
        <source>The date must be today or in the past</source>
        <translation>Rhaid i&apos;r dyddiad fod heddiw neu yn y gorffennol</translation>
    </message>
    <message>
        <source>This is the date that stands</source>
        <translation>Hwn yw&apos;r dyddiad sy&apos;n sefyll</translation>
    </message>
    <message>
        <source>Say why the date has to be another one</source>
        <translation>Dywedwch pam mae&apos;n rhaid i&apos;r dyddiad fod yn un arall</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::DeclarationViewModel</name>
    <message>
        <source>Two answers differ. Choose which one holds, then sign.</source>
        <translation>Mae dau ateb yn wahanol. Dewiswch pa un sy&apos;n gywir, yna llofnodwch.</translation>
    </message>
    <message>
        <source>Some questions are not answered yet. They are needed before signing.</source>
        <translation>Mae rhai cwestiynau heb eu hateb eto. Mae eu hangen cyn llofnodi.</translation>
    </message>
    <message>
        <source>Declaration · %1</source>
        <translation>Datganiad · %1</translation>
    </message>
    <message>
        <source>%1, for themselves</source>
        <translation>%1, drosto/drosti ei hun</translation>
    </message>
    <message>
        <source>%1, appointee of %2</source>
        <translation>%1, penodai %2</translation>
    </message>
    <message>
        <source>%1, attorney of %2</source>
        <translation>%1, atwrnai %2</translation>
    </message>
    <message>
        <source>%1, for the organisation that acts for %2</source>
        <translation>%1, ar ran y sefydliad sy&apos;n gweithredu dros %2</translation>
    </message>
    <message>
        <source>The person claiming</source>
        <translation>Y person sy&apos;n hawlio</translation>
    </message>
    <message>
        <source>Their appointee</source>
        <translation>Eu penodai</translation>
    </message>
    <message>
        <source>Appointed by the Secretary of State; the form BF56 or the record was seen</source>
        <translation>Penodwyd gan yr Ysgrifennydd Gwladol; gwelwyd y ffurflen BF56 neu&apos;r cofnod</translation>
    </message>
    <message>
        <source>Their attorney, deputy or guardian</source>
        <translation>Eu hatwrnai, eu dirprwy neu eu gwarcheidwad</translation>
    </message>
    <message>
        <source>The document that gives the power was seen</source>
        <translation>Gwelwyd y ddogfen sy&apos;n rhoi&apos;r pŵer</translation>
    </message>
    <message>
        <source>An organisation appointed to act</source>
        <translation>Sefydliad a benodwyd i weithredu</translation>
    </message>
    <message>
        <source>Their partner</source>
        <translation>Eu partner</translation>
    </message>
    <message>
        <source> and </source>
        <translation>, </translation>
    </message>
    <message>
        <source>1 answer</source>
        <translation>1 ateb</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 o atebion</translation>
    </message>
    <message>
        <source>Signs %1</source>
        <translation>Llofnodir %1</translation>
    </message>
    <message>
        <source>Signs %1 and %2</source>
        <translation>Llofnodir %1, hefyd %2</translation>
    </message>
    <message>
        <source>1 proof</source>
        <translation>1 prawf</translation>
    </message>
    <message>
        <source>%1 proofs</source>
        <translation>%1 o brofion</translation>
    </message>
    <message>
        <source>Tick each line when it has been read</source>
        <translation>Ticiwch bob llinell pan fydd wedi&apos;i darllen</translation>
    </message>
    <message>
        <source>Sign inside the box first</source>
        <translation>Llofnodwch y tu mewn i&apos;r blwch yn gyntaf</translation>
    </message>
    <message>
        <source>Enter the witness&apos;s full name</source>
        <translation>Rhowch enw llawn y tyst</translation>
    </message>
    <message>
        <source>The witness must be someone other than you</source>
        <translation>Rhaid i&apos;r tyst fod yn rhywun heblaw chi</translation>
    </message>
    <message>
        <source>The mark goes inside the box</source>
        <translation>Rhaid i&apos;r marc fod y tu mewn i&apos;r blwch</translation>
    </message>
    <message>
        <source>One of two signatures is given</source>
        <translation>Rhoddwyd un o ddau lofnod</translation>
    </message>
    <message>
        <source>Signed in ink</source>
        <translation>Llofnodwyd mewn inc</translation>
    </message>
    <message>
        <source>Signed and saved on this tablet</source>
        <translation>Llofnodwyd a chadwyd ar y llechen hon</translation>
    </message>
    <message>
        <source>Claim number</source>
        <translation>Rhif hawliad</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Llofnodwyd gan</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Llofnodwyd</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Datganiad</translation>
    </message>
    <message>
        <source>Answers signed</source>
        <translation>Atebion a lofnodwyd</translation>
    </message>
    <message>
        <source>Date of claim, protected</source>
        <translation>Dyddiad yr hawliad, wedi&apos;i ddiogelu</translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation>Beth sy&apos;n digwydd nesaf</translation>
    </message>
    <message>
        <source>It is sent when the tablet has a network. Proof that is still to be seen: %1</source>
        <translation>Caiff ei anfon pan fydd gan y llechen rwydwaith. Prawf sydd i&apos;w weld o hyd: %1</translation>
    </message>
    <message>
        <source>It is sent when the tablet has a network. Nothing more is needed from the customer</source>
        <translation>Caiff ei anfon pan fydd gan y llechen rwydwaith. Nid oes angen dim mwy gan y cwsmer</translation>
    </message>
    <message>
        <source>The authority to act for the customer was not seen. Do not take a signature: record the proof first. The date of claim stays protected.</source>
        <translation>Ni welwyd yr awdurdod i weithredu dros y cwsmer. Peidiwch â chymryd llofnod: cofnodwch y prawf yn gyntaf. Mae dyddiad yr hawliad yn dal wedi&apos;i ddiogelu.</translation>
    </message>
    <message>
        <source>The law asks for ink on paper for %1: the statement is printed, signed, and scanned back into the claim.</source>
        <translation>Mae&apos;r gyfraith yn gofyn am inc ar bapur ar gyfer %1: caiff y datganiad ei argraffu, ei lofnodi, a&apos;i sganio&apos;n ôl i&apos;r hawliad.</translation>
    </message>
    <message>
        <source>%1 has signed. Now %2 signs, and then the claim can be sent.</source>
        <translation>Mae %1 wedi llofnodi. Nawr bydd %2 yn llofnodi, ac yna gellir anfon yr hawliad.</translation>
    </message>
    <message>
        <source>%1 signed before 1 answer changed. That signature is crossed out: sign again.</source>
        <translation>Llofnododd %1 cyn i 1 ateb newid. Croeswyd y llofnod hwnnw allan: llofnodwch eto.</translation>
    </message>
    <message>
        <source>%1 signed before %2 answers changed. That signature is crossed out: sign again.</source>
        <translation>Llofnododd %1 cyn i %2 o atebion newid. Croeswyd y llofnod hwnnw allan: llofnodwch eto.</translation>
    </message>
    <message>
        <source>The witness must be someone other than the one who signs</source>
        <translation>Rhaid i&apos;r tyst fod yn rhywun heblaw&apos;r un sy&apos;n llofnodi</translation>
    </message>
    <message>
        <source>Scan every page of the signed statement first</source>
        <translation>Sganiwch bob tudalen o&apos;r datganiad a lofnodwyd yn gyntaf</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::DuplicateViewModel</name>
    <message>
        <source>the same National Insurance number</source>
        <translation>yr un rhif Yswiriant Gwladol</translation>
    </message>
    <message>
        <source>the same surname and date of birth</source>
        <translation>yr un cyfenw a dyddiad geni</translation>
    </message>
    <message>
        <source>the same postcode and date of birth</source>
        <translation>yr un cod post a dyddiad geni</translation>
    </message>
    <message>
        <source>No name yet</source>
        <translation>Dim enw eto</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>Yn cytuno</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>Yn wahanol</translation>
    </message>
    <message>
        <source>Not in both</source>
        <translation>Ddim yn y ddau</translation>
    </message>
    <message>
        <source>An officer</source>
        <translation>Swyddog</translation>
    </message>
    <message>
        <source>%1 linked the two: one person.</source>
        <translation>Cysylltodd %1 y ddau: un person.</translation>
    </message>
    <message>
        <source>%1 keeps the two apart: %2</source>
        <translation>Mae %1 yn cadw&apos;r ddau ar wahân: %2</translation>
    </message>
    <message>
        <source>Claim %1 was withdrawn.</source>
        <translation>Tynnwyd hawliad %1 yn ôl.</translation>
    </message>
    <message>
        <source>The withdrawal of claim %1 is asked for; the server decides.</source>
        <translation>Gofynnwyd am dynnu hawliad %1 yn ôl; y gweinydd sy&apos;n penderfynu.</translation>
    </message>
    <message>
        <source>End claim %1</source>
        <translation>Dod â hawliad %1 i ben</translation>
    </message>
    <message>
        <source>%1, first contact %2</source>
        <translation>%1, cysylltiad cyntaf %2</translation>
    </message>
    <message>
        <source>Say why these are two people: whoever looks next can rely on it</source>
        <translation>Dywedwch pam mae&apos;r rhain yn ddau berson: gall pwy bynnag a edrycho nesaf ddibynnu arno</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::EvidenceViewModel</name>
    <message>
        <source>Saved on this tablet</source>
        <translation>Wedi&apos;i gadw ar y llechen hon</translation>
    </message>
    <message>
        <source>To be seen</source>
        <translation>I&apos;w weld</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>Ddim ar gael</translation>
    </message>
    <message>
        <source>%1, not enough</source>
        <translation>%1, ddim yn ddigon</translation>
    </message>
    <message>
        <source>The answers so far call for no proof.</source>
        <translation>Nid yw&apos;r atebion hyd yma yn gofyn am brawf.</translation>
    </message>
    <message>
        <source>Everything that the answers call for has been seen.</source>
        <translation>Gwelwyd popeth y mae&apos;r atebion yn gofyn amdano.</translation>
    </message>
    <message>
        <source>%1 of %2 seen · %3 must be seen before the claim can go</source>
        <translation>Gwelwyd %1 o %2 · i&apos;w gweld cyn y gellir anfon yr hawliad: %3</translation>
    </message>
    <message>
        <source>%1 of %2 seen · the claim can go without the others</source>
        <translation>Gwelwyd %1 o %2 · gellir anfon yr hawliad heb y lleill</translation>
    </message>
    <message>
        <source>Choose whether you saw the original or a copy, or were told</source>
        <translation>Dewiswch a welsoch y gwreiddiol neu gopi, neu a ddywedwyd wrthych</translation>
    </message>
    <message>
        <source>Say what was seen, for example a current passport</source>
        <translation>Nodwch beth a welwyd, er enghraifft pasbort cyfredol</translation>
    </message>
    <message>
        <source>Enter the day on which it was seen</source>
        <translation>Rhowch y diwrnod y&apos;i gwelwyd</translation>
    </message>
    <message>
        <source>The day must be today or in the past</source>
        <translation>Rhaid i&apos;r diwrnod fod heddiw neu yn y gorffennol</translation>
    </message>
    <message>
        <source>Say why it is not available</source>
        <translation>Nodwch pam nad yw ar gael</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>Tudalen %1</translation>
    </message>
    <message>
        <source>It comes with the next contact, if it is on the server</source>
        <translation>Daw gyda&apos;r cysylltiad nesaf, os yw ar y gweinydd</translation>
    </message>
    <message>
        <source>Taken on another tablet</source>
        <translation>Tynnwyd ar lechen arall</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::ExportViewModel</name>
    <message>
        <source>1 save</source>
        <translation>1 newid a gadwyd</translation>
    </message>
    <message>
        <source>%1 saves</source>
        <translation>%1 o newidiadau a gadwyd</translation>
    </message>
    <message>
        <source>1 image or document</source>
        <translation>1 ddelwedd neu ddogfen</translation>
    </message>
    <message>
        <source>%1 images or documents</source>
        <translation>%1 o ddelweddau neu ddogfennau</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 yn rhydd</translation>
    </message>
    <message>
        <source>Reading what can be read. This can take some minutes.</source>
        <translation>Yn darllen yr hyn y gellir ei ddarllen. Gall hyn gymryd rhai munudau.</translation>
    </message>
    <message>
        <source>Put a USB stick into the tablet first</source>
        <translation>Rhowch gofbin USB yn y llechen yn gyntaf</translation>
    </message>
    <message>
        <source>Choose the stick</source>
        <translation>Dewiswch y cofbin</translation>
    </message>
    <message>
        <source>The stick is full. Use an empty one. Nothing was left on this one, and nothing on the tablet has changed.</source>
        <translation>Mae&apos;r cofbin yn llawn. Defnyddiwch un gwag. Ni adawyd dim ar hwn, ac nid oes dim ar y llechen wedi newid.</translation>
    </message>
    <message>
        <source>The stick was pulled out or cannot be written. Put it in again, or use another. Nothing on the tablet has changed.</source>
        <translation>Tynnwyd y cofbin allan neu ni ellir ysgrifennu arno. Rhowch ef yn ôl i mewn, neu defnyddiwch un arall. Nid oes dim ar y llechen wedi newid.</translation>
    </message>
    <message>
        <source>The server has everything that was saved here. There is nothing to copy.</source>
        <translation>Mae gan y gweinydd bopeth a gadwyd yma. Nid oes dim i&apos;w gopïo.</translation>
    </message>
    <message>
        <source>This tablet does not have the server&apos;s key yet. It gets it with the next contact; call your supervisor.</source>
        <translation>Nid oes gan y llechen hon allwedd y gweinydd eto. Bydd yn ei chael gyda&apos;r cysylltiad nesaf; ffoniwch eich goruchwyliwr.</translation>
    </message>
    <message>
        <source>Written: %1. Leave the stick in.</source>
        <translation>Ysgrifennwyd: %1. Gadewch y cofbin i mewn.</translation>
    </message>
    <message>
        <source>Saved on the stick %2: %1. Only the server can read it. Take the stick out and give it to your supervisor. This tablet keeps the work too, and sends it when it has a network: nothing counts twice.</source>
        <translation>Wedi&apos;i gadw ar y cofbin %2: %1. Dim ond y gweinydd all ei ddarllen. Tynnwch y cofbin allan a&apos;i roi i&apos;ch goruchwyliwr. Mae&apos;r llechen hon yn cadw&apos;r gwaith hefyd, ac yn ei anfon pan fydd ganddi rwydwaith: nid oes dim yn cyfrif ddwywaith.</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::FirstContactViewModel</name>
    <message>
        <source>%1 · %2 of %3</source>
        <translation>%1 · %2 o %3</translation>
    </message>
    <message>
        <source>Saved on this tablet</source>
        <translation>Wedi&apos;i gadw ar y llechen hon</translation>
    </message>
    <message>
        <source>Likely</source>
        <translation>Tebygol</translation>
    </message>
    <message>
        <source>Possible</source>
        <translation>Posibl</translation>
    </message>
    <message>
        <source>Unlikely</source>
        <translation>Annhebygol</translation>
    </message>
    <message>
        <source>Choose at least one benefit</source>
        <translation>Dewiswch o leiaf un budd-dal</translation>
    </message>
    <message>
        <source>Say in a few words why the choice is different</source>
        <translation>Nodwch mewn ychydig eiriau pam mae&apos;r dewis yn wahanol</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::OfficersViewModel</name>
    <message>
        <source>The server does not know you yet: that needs a network once, while you are signed in.</source>
        <translation>Nid yw&apos;r gweinydd yn eich adnabod eto: mae angen rhwydwaith unwaith, tra byddwch wedi mewngofnodi.</translation>
    </message>
    <message>
        <source>The server does not know this officer yet: that needs a network once, while they are signed in.</source>
        <translation>Nid yw&apos;r gweinydd yn adnabod y swyddog hwn eto: mae angen rhwydwaith unwaith, tra bydd y swyddog wedi mewngofnodi.</translation>
    </message>
    <message>
        <source>The server did not accept the sign-in: %1</source>
        <translation>Ni dderbyniodd y gweinydd y mewngofnodi: %1</translation>
    </message>
    <message>
        <source>1 save to send</source>
        <translation>1 newid i&apos;w anfon</translation>
    </message>
    <message>
        <source>%1 saves to send</source>
        <translation>%1 o newidiadau i&apos;w hanfon</translation>
    </message>
    <message>
        <source>Choose who is to use this tablet</source>
        <translation>Dewiswch pwy fydd yn defnyddio&apos;r llechen hon</translation>
    </message>
    <message>
        <source>Enter the one-time code that your supervisor gave you</source>
        <translation>Rhowch y cod untro a gawsoch gan eich goruchwyliwr</translation>
    </message>
    <message>
        <source>Use %1 characters or more. Several words are easiest to keep</source>
        <translation>Defnyddiwch %1 nod neu fwy. Sawl gair yw&apos;r hawsaf i&apos;w gofio</translation>
    </message>
    <message>
        <source>%1 can unlock this tablet now. Lock it and hand it over. The first time that they are signed in with a network, the server learns their key; until then what they save waits here.</source>
        <translation>Gall %1 ddatgloi&apos;r llechen hon nawr. Clowch hi a&apos;i rhoi iddynt. Y tro cyntaf y byddant wedi mewngofnodi a rhwydwaith ar gael, daw&apos;r gweinydd i wybod eu hallwedd; tan hynny mae&apos;r hyn a gedwir ganddynt yn aros yma.</translation>
    </message>
    <message>
        <source>The code is kept for %1, and tried when they are signed in with a network.</source>
        <translation>Mae&apos;r cod wedi&apos;i gadw ar gyfer %1, a rhoddir cynnig arno pan fyddant wedi mewngofnodi a rhwydwaith ar gael.</translation>
    </message>
    <message>
        <source>%1 cannot be removed yet: %2 of their saves are not with the server. They are sent as soon as there is a network; if the server does not know them yet, they have to sign in with a network first.</source>
        <translation>Ni ellir tynnu %1 eto: nid yw %2 o&apos;u newidiadau gan y gweinydd. Fe&apos;u hanfonir cyn gynted ag y bydd rhwydwaith; os nad yw&apos;r gweinydd yn adnabod y swyddog eto, rhaid i&apos;r swyddog fewngofnodi a rhwydwaith ar gael yn gyntaf.</translation>
    </message>
    <message>
        <source>%1 can no longer open this tablet. Its store has a new key. Their work is with the server.</source>
        <translation>Ni all %1 agor y llechen hon mwyach. Mae gan ei storfa allwedd newydd. Mae eu gwaith gan y gweinydd.</translation>
    </message>
    <message>
        <source>Another officer has not unlocked this tablet since it was updated. They have to do that first.</source>
        <translation>Nid yw swyddog arall wedi datgloi&apos;r llechen hon ers iddi gael ei diweddaru. Rhaid i&apos;r swyddog wneud hynny yn gyntaf.</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::PaperViewModel</name>
    <message>
        <source>Stick %1</source>
        <translation>Cof bach %1</translation>
    </message>
    <message>
        <source>Documents on this tablet</source>
        <translation>Dogfennau ar y llechen hon</translation>
    </message>
    <message>
        <source>Downloads on this tablet</source>
        <translation>Lawrlwythiadau ar y llechen hon</translation>
    </message>
    <message>
        <source>No page is scanned yet</source>
        <translation>Nid oes tudalen wedi&apos;i sganio eto</translation>
    </message>
    <message>
        <source>The page is scanned</source>
        <translation>Mae&apos;r dudalen wedi&apos;i sganio</translation>
    </message>
    <message>
        <source>All %1 pages are scanned</source>
        <translation>Mae pob un o&apos;r %1 tudalen wedi&apos;u sganio</translation>
    </message>
    <message>
        <source>Still to be scanned: page %1 of %2</source>
        <translation>I&apos;w sganio o hyd: tudalen %1 o %2</translation>
    </message>
    <message>
        <source>Still to be scanned: pages %1 of %2</source>
        <translation>I&apos;w sganio o hyd: tudalennau %1 o %2</translation>
    </message>
    <message>
        <source>The typeface Noto Sans is not installed on this tablet, and papers are set in it. Tell whoever looks after the tablets.</source>
        <translation>Nid yw&apos;r ffurfdeip Noto Sans wedi&apos;i osod ar y llechen hon, a hwnnw a ddefnyddir ar gyfer papurau. Dywedwch wrth bwy bynnag sy&apos;n gofalu am y llechi.</translation>
    </message>
    <message>
        <source>There is no folder to save it in. Plug in a stick.</source>
        <translation>Nid oes ffolder i&apos;w gadw ynddo. Plygiwch gof bach i mewn.</translation>
    </message>
    <message>
        <source>It cannot be saved there. Is the stick full, or write-protected? Choose another folder.</source>
        <translation>Ni ellir ei gadw yno. A yw&apos;r cof bach yn llawn, neu wedi&apos;i ddiogelu rhag ysgrifennu? Dewiswch ffolder arall.</translation>
    </message>
    <message>
        <source>Saved as %1. Print it, then delete the file: it is not encrypted.</source>
        <translation>Cadwyd fel %1. Argraffwch y ffeil, yna dilëwch hi: nid yw wedi&apos;i hamgryptio.</translation>
    </message>
    <message>
        <source>Statement %1.pdf</source>
        <translation>Datganiad %1.pdf</translation>
    </message>
    <message>
        <source>Nothing is signed yet.</source>
        <translation>Nid oes dim wedi&apos;i lofnodi eto.</translation>
    </message>
    <message>
        <source>Copy %1.pdf</source>
        <translation>Copi %1.pdf</translation>
    </message>
    <message>
        <source>Receipt %1.pdf</source>
        <translation>Derbynneb %1.pdf</translation>
    </message>
    <message>
        <source>The folder is not there any more. Plug the stick in again, or choose another folder.</source>
        <translation>Nid yw&apos;r ffolder yno mwyach. Plygiwch y cof bach i mewn eto, neu dewiswch ffolder arall.</translation>
    </message>
    <message>
        <source>There is no picture in this folder. Scan each page as a JPEG or PNG picture, not as a PDF.</source>
        <translation>Nid oes llun yn y ffolder hwn. Sganiwch bob tudalen fel llun JPEG neu PNG, nid fel PDF.</translation>
    </message>
    <message>
        <source>This picture is too large. Scan the page with 200 dots an inch.</source>
        <translation>Mae&apos;r llun hwn yn rhy fawr. Sganiwch y dudalen gyda 200 o ddotiau i&apos;r fodfedd.</translation>
    </message>
    <message>
        <source>This picture cannot be opened. It may be damaged: scan the page again.</source>
        <translation>Ni ellir agor y llun hwn. Efallai ei fod wedi&apos;i ddifrodi: sganiwch y dudalen eto.</translation>
    </message>
    <message>
        <source>%1 pictures in this folder have no code that can be read</source>
        <translation>Nid oes gan %1 o luniau yn y ffolder hwn god y gellir ei ddarllen</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::PassphraseViewModel</name>
    <message>
        <source>Wait %1, then try again</source>
        <translation>Arhoswch %1, yna rhowch gynnig arall arni</translation>
    </message>
    <message>
        <source>Enter the passphrase that you have now</source>
        <translation>Rhowch y cyfrinymadrodd sydd gennych nawr</translation>
    </message>
    <message>
        <source>Use %1 characters or more. Several words are easiest to keep</source>
        <translation>Defnyddiwch %1 nod neu fwy. Sawl gair yw&apos;r hawsaf i&apos;w gofio</translation>
    </message>
    <message>
        <source>This is the passphrase that you have now. Choose another</source>
        <translation>Dyma&apos;r cyfrinymadrodd sydd gennych nawr. Dewiswch un arall</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::PictureViewModel</name>
    <message>
        <source>%1 × %2 dots</source>
        <translation>%1 × %2 o ddotiau</translation>
    </message>
    <message>
        <source>The corners cross each other. Put each one on a corner of the page, in order.</source>
        <translation>Mae&apos;r corneli&apos;n croesi ei gilydd. Rhowch bob un ar gornel o&apos;r dudalen, yn eu trefn.</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::PracticeViewModel</name>
    <message>
        <source>%1 of %2 done</source>
        <translation>Wedi&apos;u gwneud: %1 o %2</translation>
    </message>
    <message>
        <source>Practice passed · nothing leaves this tablet</source>
        <translation>Wedi pasio&apos;r ymarfer · nid oes dim yn gadael y llechen hon</translation>
    </message>
    <message>
        <source>Practice · %1 · nothing leaves this tablet</source>
        <translation>Ymarfer · %1 · nid oes dim yn gadael y llechen hon</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::QuestionPageViewModel</name>
    <message>
        <source>Enter a real date, for example 27 3 1971</source>
        <translation>Rhowch ddyddiad go iawn, er enghraifft 27 3 1971</translation>
    </message>
    <message>
        <source>Enter a whole number, for example 16</source>
        <translation>Rhowch rif cyfan, er enghraifft 16</translation>
    </message>
    <message>
        <source>Enter a number, for example 85.50</source>
        <translation>Rhowch rif, er enghraifft 85.50</translation>
    </message>
    <message>
        <source>This answer does not fit the question. Change it, or leave it and say why</source>
        <translation>Nid yw&apos;r ateb hwn yn addas i&apos;r cwestiwn. Newidiwch ef, neu gadewch ef a dywedwch pam</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Choose an answer</source>
        <translation>Dewiswch ateb</translation>
    </message>
    <message>
        <source>Choose at least one</source>
        <translation>Dewiswch o leiaf un</translation>
    </message>
    <message>
        <source>Tick this when it is done</source>
        <translation>Ticiwch hwn pan fydd wedi&apos;i wneud</translation>
    </message>
    <message>
        <source>Enter an answer</source>
        <translation>Rhowch ateb</translation>
    </message>
    <message>
        <source>%1 · %2 of %3</source>
        <translation>%1 · %2 o %3</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Edrychwch eto</translation>
    </message>
    <message>
        <source>Add at least one, or come back to it later</source>
        <translation>Ychwanegwch o leiaf un, neu dewch yn ôl ato yn nes ymlaen</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>Ychwanegu: %1</translation>
    </message>
    <message>
        <source>Add another: %1</source>
        <translation>Ychwanegu un arall: %1</translation>
    </message>
    <message>
        <source>Saved on this tablet</source>
        <translation>Wedi&apos;i gadw ar y llechen hon</translation>
    </message>
    <message>
        <source>%1 removed</source>
        <translation>%1: dilëwyd</translation>
    </message>
    <message>
        <source>Enter a number from %1 to %2</source>
        <translation>Rhowch rif o %1 i %2</translation>
    </message>
    <message>
        <source>Enter a time, for example 9:30 or 2:15 pm</source>
        <translation>Rhowch amser, er enghraifft 9:30 neu 2:15 pm</translation>
    </message>
    <message>
        <source>Enter a real date and a time, for example 27 3 2006 and 9:30</source>
        <translation>Rhowch ddyddiad go iawn ac amser, er enghraifft 27 3 2006 a 9:30</translation>
    </message>
    <message>
        <source>Enter the latitude and the longitude, for example 53.1394 -3.7967</source>
        <translation>Rhowch y lledred a&apos;r hydred, er enghraifft 53.1394 -3.7967</translation>
    </message>
    <message>
        <source>The earlier answer was: %1</source>
        <translation>Yr ateb cynharach oedd: %1</translation>
    </message>
    <message>
        <source>Add %1 in all, or come back to it later</source>
        <translation>Ychwanegwch %1 i gyd, neu dewch yn ôl ato&apos;n ddiweddarach</translation>
    </message>
    <message>
        <source>It comes with the next contact, if it is on the server</source>
        <translation>Daw gyda&apos;r cysylltiad nesaf, os yw ar y gweinydd</translation>
    </message>
    <message>
        <source>Taken on another tablet</source>
        <translation>Tynnwyd ar lechen arall</translation>
    </message>
    <message>
        <source>Take a picture or choose one</source>
        <translation>Tynnwch lun neu dewiswch un</translation>
    </message>
    <message>
        <source>Choose a file, or take a picture</source>
        <translation>Dewiswch ffeil, neu tynnwch lun</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::SendingViewModel</name>
    <message>
        <source>This tablet has made %1 saves. The server has acknowledged %2 of them. Nothing here is lost if you close it.</source>
        <translation>Newidiadau a gadwyd ar y llechen hon: %1. Cydnabuwyd gan y gweinydd: %2. Ni chollir dim yma os byddwch yn ei chau.</translation>
    </message>
    <message>
        <source>This tablet counts %1 saves, the server counts %2. Nothing is lost here; call support.</source>
        <translation>Newidiadau a gadwyd yn ôl y llechen hon: %1; yn ôl y gweinydd: %2. Ni chollwyd dim yma; ffoniwch y tîm cymorth.</translation>
    </message>
    <message>
        <source>%1 Next try in %2</source>
        <translation>%1 Y cynnig nesaf ymhen %2</translation>
    </message>
    <message>
        <source>This tablet has not been in contact with the server yet</source>
        <translation>Nid yw&apos;r llechen hon wedi bod mewn cysylltiad â&apos;r gweinydd eto</translation>
    </message>
    <message>
        <source>Last contact %1</source>
        <translation>Cyswllt diwethaf %1</translation>
    </message>
    <message>
        <source>%1 of %2 KB · goes on where it stopped</source>
        <translation>%1 o %2 KB · yn parhau o&apos;r fan y stopiodd</translation>
    </message>
    <message>
        <source>1 save to send</source>
        <translation>1 newid i&apos;w anfon</translation>
    </message>
    <message>
        <source>%1 saves to send</source>
        <translation>%1 o newidiadau i&apos;w hanfon</translation>
    </message>
    <message>
        <source>1 document to send</source>
        <translation>1 ddogfen i&apos;w hanfon</translation>
    </message>
    <message>
        <source>%1 documents to send</source>
        <translation>%1 o ddogfennau i&apos;w hanfon</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>wedi&apos;i lofnodi</translation>
    </message>
    <message>
        <source>No name yet</source>
        <translation>Dim enw eto</translation>
    </message>
    <message>
        <source>Practice: kept until you leave it, and never sent</source>
        <translation>Ymarfer: cedwir nes i chi adael, ac nis anfonir byth</translation>
    </message>
    <message>
        <source>Practice has no network. Nothing can leave it</source>
        <translation>Nid oes rhwydwaith wrth ymarfer. Ni all dim ei adael</translation>
    </message>
    <message>
        <source>What is done in practice is thrown away when you leave it.</source>
        <translation>Caiff yr hyn a wneir wrth ymarfer ei daflu pan fyddwch yn gadael.</translation>
    </message>
    <message>
        <source>The list shows %1 claims at most, first those that wait; search finds every one.</source>
        <translation>Mae&apos;r rhestr yn dangos %1 hawliad ar y mwyaf, y rhai sy&apos;n aros yn gyntaf; mae chwilio yn dod o hyd i bob un.</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::SettingsViewModel</name>
    <message>
        <source>%1 used, %2 free</source>
        <translation>%1 wedi&apos;i ddefnyddio, %2 yn rhydd</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::SetupViewModel</name>
    <message>
        <source>%1 of %2 characters</source>
        <translation>%1 o %2 nod</translation>
    </message>
    <message>
        <source>%1 characters too many</source>
        <translation>%1 o nodau&apos;n ormod</translation>
    </message>
    <message>
        <source>The code is complete</source>
        <translation>Mae&apos;r cod yn gyflawn</translation>
    </message>
    <message>
        <source>A character is wrong. Compare the groups one by one</source>
        <translation>Mae nod yn anghywir. Cymharwch y grwpiau fesul un</translation>
    </message>
    <message>
        <source>Enter the server&apos;s address, for example https://fieldclaim.example.org:8443</source>
        <translation>Rhowch gyfeiriad y gweinydd, er enghraifft https://fieldclaim.example.org:8443</translation>
    </message>
    <message>
        <source>Enter the whole enrolment code: 8 groups of 5 characters</source>
        <translation>Rhowch y cod cofrestru cyfan: 8 grŵp o 5 nod</translation>
    </message>
    <message>
        <source>Finding the server and enrolling this tablet</source>
        <translation>Wrthi&apos;n dod o hyd i&apos;r gweinydd ac yn cofrestru&apos;r llechen hon</translation>
    </message>
    <message>
        <source>Choose your name</source>
        <translation>Dewiswch eich enw</translation>
    </message>
    <message>
        <source>Enter the one-time code that your supervisor gave you</source>
        <translation>Rhowch y cod untro a gawsoch gan eich goruchwyliwr</translation>
    </message>
    <message>
        <source>Use %1 characters or more. Several words are easiest to keep</source>
        <translation>Defnyddiwch %1 nod neu fwy. Sawl gair yw&apos;r hawsaf i&apos;w gofio</translation>
    </message>
    <message>
        <source>Making the encrypted store on this tablet</source>
        <translation>Wrthi&apos;n gwneud y storfa wedi&apos;i hamgryptio ar y llechen hon</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check its address and the network, then try again.</source>
        <translation>Ni ellir cyrraedd y gweinydd. Gwiriwch ei gyfeiriad a&apos;r rhwydwaith, yna rhowch gynnig arall arni.</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::SiteBoardViewModel</name>
    <message>
        <source>First contact to finish</source>
        <translation>Cysylltiad cyntaf i&apos;w orffen</translation>
    </message>
    <message>
        <source>Call-back due</source>
        <translation>Galwad yn ôl i&apos;w gwneud</translation>
    </message>
    <message>
        <source>Questions to go</source>
        <translation>Cwestiynau ar ôl</translation>
    </message>
    <message>
        <source>To book for an interview</source>
        <translation>I drefnu cyfweliad</translation>
    </message>
    <message>
        <source>Interview booked</source>
        <translation>Cyfweliad wedi&apos;i drefnu</translation>
    </message>
    <message>
        <source>Something holds it back</source>
        <translation>Mae rhywbeth yn dal yn ôl</translation>
    </message>
    <message>
        <source>Ready to sign</source>
        <translation>Yn barod i&apos;w lofnodi</translation>
    </message>
    <message>
        <source>Signed, not on its way yet</source>
        <translation>Wedi&apos;i lofnodi, heb ei anfon ymlaen eto</translation>
    </message>
    <message>
        <source>On its way or with them</source>
        <translation>Ar ei ffordd neu gyda nhw</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Dim ateb eto</translation>
    </message>
    <message>
        <source>Refused, to be corrected</source>
        <translation>Gwrthodwyd, i&apos;w gywiro</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Derbyniwyd</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Tynnwyd yn ôl</translation>
    </message>
    <message>
        <source>Past its time</source>
        <translation>Wedi mynd heibio&apos;i amser</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>I&apos;w wneud heddiw</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Yn nes ymlaen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Wedi gorffen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Gwrthodwyd</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Ar ei ffordd</translation>
    </message>
    <message>
        <source>They have it</source>
        <translation>Mae ganddynt</translation>
    </message>
    <message>
        <source>They are closed now</source>
        <translation>Maent ar gau nawr</translation>
    </message>
    <message>
        <source>Within %1 hours of first contact</source>
        <translation>O fewn %1 awr i&apos;r cysylltiad cyntaf</translation>
    </message>
    <message>
        <source>Within %1 working days of first contact</source>
        <translation>O fewn %1 diwrnod gwaith i&apos;r cysylltiad cyntaf</translation>
    </message>
    <message>
        <source>Begun today</source>
        <translation>Dechreuwyd heddiw</translation>
    </message>
    <message>
        <source>Begun yesterday</source>
        <translation>Dechreuwyd ddoe</translation>
    </message>
    <message>
        <source>Begun %1 days ago</source>
        <translation>Dechreuwyd %1 o ddiwrnodau&apos;n ôl</translation>
    </message>
    <message>
        <source>call back by %1</source>
        <translation>galw&apos;n ôl erbyn %1</translation>
    </message>
    <message>
        <source>interview on %1</source>
        <translation>cyfweliad ar %1</translation>
    </message>
    <message>
        <source>interview by %1</source>
        <translation>cyfweliad erbyn %1</translation>
    </message>
    <message>
        <source>No name yet</source>
        <translation>Dim enw eto</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Brys</translation>
    </message>
    <message>
        <source>What this tablet knows: %1, %2.</source>
        <translation>Yr hyn y mae&apos;r llechen hon yn ei wybod: %1, %2.</translation>
    </message>
    <message>
        <source>1 claim</source>
        <translation>1 hawliad</translation>
    </message>
    <message>
        <source>%1 claims</source>
        <translation>%1 o hawliadau</translation>
    </message>
    <message>
        <source>no contact yet</source>
        <translation>dim cyswllt eto</translation>
    </message>
    <message>
        <source>last contact %1</source>
        <translation>cyswllt diwethaf %1</translation>
    </message>
    <message>
        <source>Call-backs</source>
        <translation>Galwadau yn ôl</translation>
    </message>
    <message>
        <source>Interviews</source>
        <translation>Cyfweliadau</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>Trosglwyddiadau</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Hynaf yn gyntaf</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The first %1 of %2 claims.</source>
        <translation>Y %1 cyntaf o %2 o hawliadau.</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>Nid oes yr un.</translation>
    </message>
    <message>
        <source>Still reading claims: %1 to go.</source>
        <translation>Yn dal i ddarllen hawliadau: %1 i fynd.</translation>
    </message>
    <message>
        <source>Finished, forms alone</source>
        <translation>Wedi gorffen, ffurflenni yn unig</translation>
    </message>
    <message>
        <source>With the office</source>
        <translation>Gyda'r swyddfa</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::TabletSession</name>
    <message>
        <source>A supervisor wiped this tablet. Nothing of it is left here; what was sent is on the server. To use the tablet again, set it up with a new code.</source>
        <translation>Cliriodd goruchwyliwr y llechen hon. Nid oes dim ohoni ar ôl yma; mae&apos;r hyn a anfonwyd ar y gweinydd. I ddefnyddio&apos;r llechen eto, sefydlwch hi gyda chod newydd.</translation>
    </message>
    <message>
        <source>The tablet locked itself because nobody used it. Nothing is lost: unlock to go on where you were.</source>
        <translation>Clodd y llechen ei hun am na ddefnyddiodd neb hi. Ni chollwyd dim: datglowch hi i barhau lle&apos;r oeddech.</translation>
    </message>
    <message>
        <source>The server does not take your sign-in: %1. What you save is kept on this tablet; call your supervisor.</source>
        <translation>Nid yw&apos;r gweinydd yn derbyn eich mewngofnodi: %1. Cedwir yr hyn a gadwch ar y llechen hon; ffoniwch eich goruchwyliwr.</translation>
    </message>
    <message>
        <source>New questions have arrived. The claim that is open keeps its own until you leave it.</source>
        <translation>Mae cwestiynau newydd wedi cyrraedd. Mae&apos;r hawliad sydd ar agor yn cadw ei gwestiynau ei hun nes i chi ei adael.</translation>
    </message>
    <message>
        <source>New questions have arrived, and are asked from now on.</source>
        <translation>Mae cwestiynau newydd wedi cyrraedd, ac fe&apos;u gofynnir o hyn ymlaen.</translation>
    </message>
    <message>
        <source>Passed: you have done every task of the practice.</source>
        <translation>Wedi pasio: rydych wedi gwneud pob tasg o&apos;r ymarfer.</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::TodayViewModel</name>
    <message>
        <source>Today, %1</source>
        <translation>Heddiw, %1</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Brys</translation>
    </message>
    <message>
        <source>Interpreter</source>
        <translation>Cyfieithydd</translation>
    </message>
    <message>
        <source>Cymraeg</source>
        <translation>Cymraeg</translation>
    </message>
    <message>
        <source>No name yet</source>
        <translation>Dim enw eto</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>urgent</source>
        <translation>brys</translation>
    </message>
    <message>
        <source>Correct what was refused</source>
        <translation>Cywiro&apos;r hyn a wrthodwyd</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>gwrthodwyd</translation>
    </message>
    <message>
        <source>Choose between two answers</source>
        <translation>Dewis rhwng dau ateb</translation>
    </message>
    <message>
        <source>holds it back</source>
        <translation>yn dal yn ôl</translation>
    </message>
    <message>
        <source>Sign again, an answer changed</source>
        <translation>Llofnodi eto, newidiodd ateb</translation>
    </message>
    <message>
        <source>Proof still to be seen</source>
        <translation>Prawf i&apos;w weld o hyd</translation>
    </message>
    <message>
        <source>Check and sign</source>
        <translation>Gwirio a llofnodi</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>yn barod</translation>
    </message>
    <message>
        <source>No appointments</source>
        <translation>Dim apwyntiadau</translation>
    </message>
    <message>
        <source>1 appointment</source>
        <translation>1 apwyntiad</translation>
    </message>
    <message>
        <source>%1 appointments</source>
        <translation>%1 o apwyntiadau</translation>
    </message>
    <message>
        <source>%1 urgent</source>
        <translation>%1 ar frys</translation>
    </message>
    <message>
        <source>1 action waiting for you</source>
        <translation>1 cam gweithredu&apos;n aros amdanoch</translation>
    </message>
    <message>
        <source>%1 actions waiting for you</source>
        <translation>%1 o gamau gweithredu&apos;n aros amdanoch</translation>
    </message>
    <message>
        <source>Type a name, a National Insurance number or a claim number.</source>
        <translation>Teipiwch enw, rhif Yswiriant Gwladol neu rif hawliad.</translation>
    </message>
    <message>
        <source>No claim on this tablet matches. Check the spelling, or type less of it.</source>
        <translation>Nid oes hawliad ar y llechen hon yn cyfateb. Gwiriwch y sillafu, neu teipiwch lai.</translation>
    </message>
    <message>
        <source>1 claim</source>
        <translation>1 hawliad</translation>
    </message>
    <message>
        <source>The first %1 claims. Type more to find the one.</source>
        <translation>Dangosir %1 o hawliadau. Teipiwch fwy i ddod o hyd i&apos;r un cywir.</translation>
    </message>
    <message>
        <source>%1 claims</source>
        <translation>%1 o hawliadau</translation>
    </message>
    <message>
        <source>%1, two claims</source>
        <translation>%1, dau hawliad</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 a %2</translation>
    </message>
    <message>
        <source>Still reading claims: %1 to go</source>
        <translation>Yn dal i ddarllen hawliadau: %1 i fynd</translation>
    </message>
    <message>
        <source>Sign again, the server refused it</source>
        <translation>Llofnodi eto, gwrthododd y gweinydd ef</translation>
    </message>
    <message>
        <source>Cannot be read here</source>
        <translation>Ni ellir ei ddarllen yma</translation>
    </message>
    <message>
        <source>call support</source>
        <translation>ffoniwch gymorth</translation>
    </message>
</context>
<context>
    <name>fieldclaim::tablet::UnlockViewModel</name>
    <message>
        <source>The code is no longer good. Ask for another.</source>
        <translation>Nid yw&apos;r cod yn ddilys mwyach. Gofynnwch am un arall.</translation>
    </message>
    <message>
        <source>There is no network. The code appears as soon as there is one.</source>
        <translation>Nid oes rhwydwaith. Bydd y cod yn ymddangos cyn gynted ag y bydd un.</translation>
    </message>
    <message>
        <source>Choose your name first</source>
        <translation>Dewiswch eich enw yn gyntaf</translation>
    </message>
    <message>
        <source>This tablet was set up before passphrases could be released. Call your supervisor.</source>
        <translation>Sefydlwyd y llechen hon cyn y gellid rhyddhau cyfrinymadroddion. Ffoniwch eich goruchwyliwr.</translation>
    </message>
    <message>
        <source>A passphrase has %1 characters or more</source>
        <translation>Mae gan gyfrinymadrodd %1 nod neu fwy</translation>
    </message>
    <message>
        <source>Not sent, and not to be read: %1 of your saves, %2 images. Everything else is kept, or comes back from the server. Tell your supervisor: the damaged store is kept on this tablet.</source>
        <translation>Heb eu hanfon, ac ni ellir eu darllen: %1 o&apos;ch newidiadau, %2 o ddelweddau. Cedwir popeth arall, neu daw yn ôl o&apos;r gweinydd. Rhowch wybod i&apos;ch goruchwyliwr: cedwir y storfa a ddifrodwyd ar y llechen hon.</translation>
    </message>
    <message>
        <source>Wait %1, then try again</source>
        <translation>Arhoswch %1, yna rhowch gynnig arall arni</translation>
    </message>
    <message>
        <source>What was saved goes on being sent while the tablet is locked.</source>
        <translation>Bydd yr hyn a gadwyd yn parhau i gael ei anfon tra bo&apos;r llechen wedi&apos;i chloi.</translation>
    </message>
    <message>
        <source>Choose your name</source>
        <translation>Dewiswch eich enw</translation>
    </message>
    <message>
        <source>Enter your passphrase</source>
        <translation>Rhowch eich cyfrinymadrodd</translation>
    </message>
    <message>
        <source>The server had everything already. It comes back from there.</source>
        <translation>Roedd popeth gan y gweinydd eisoes. Daw yn ôl oddi yno.</translation>
    </message>
    <message>
        <source>Everything that was not sent yet could be read: %1 of your saves. The rest comes back from the server.</source>
        <translation>Roedd modd darllen popeth nas anfonwyd eto: %1 o&apos;ch newidiadau a gadwyd. Daw&apos;r gweddill yn ôl o&apos;r gweinydd.</translation>
    </message>
</context>
</TS>
