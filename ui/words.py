"""The words for every code: what the domain keeps as codes, officers read in their language."""

import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from checkpoint_client.desk.hits import HitShow, Likeness
from checkpoint_client.desk.log import Order, Show
from checkpoint_client.desk.second_line import Readers
from checkpoint_client.desk.wiping import WipeState
from checkpoint_client.records import Problem
from checkpoint_client.records.codes import (
    ActionTaken,
    AdjudicationReason,
    AlertChange,
    AloneReason,
    AmendReason,
    CheckLevel,
    ClockState,
    Collecting,
    ConsultAction,
    ConsultReason,
    Decision,
    Direction,
    DocumentClass,
    DocumentSource,
    EntryBasis,
    HitOrigin,
    HitState,
    HitVerdict,
    Information,
    InterviewType,
    ListState,
    NoDocumentReason,
    Opinion,
    OutcomeDecision,
    Purpose,
    ReferralReason,
    RefusalGround,
    ReportMeans,
    Role,
    SessionStep,
    Sex,
    Signing,
    TransportMode,
    VehicleType,
    Verdict,
    WithdrawalReason,
    WorkstationStep,
)
from checkpoint_client.settings import LANGUAGES, resource

K = TypeVar("K", bound=StrEnum)


def speak(application: QCoreApplication, language: str) -> tuple[QTranslator, ...]:
    """Let the application speak a language of `settings.LANGUAGES`, Qt's own words included."""
    QLocale.setDefault(QLocale(language))
    ours, qt = QTranslator(application), QTranslator(application)
    known = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(f"qtbase_{language}", known):
        application.installTranslator(qt)
    if ours.load(str(resource("translations", f"{language}.qm"))):
        application.installTranslator(ours)
    return ours, qt


def on_day(day: date) -> str:
    """A day as every screen writes it, whatever its language."""
    return f"{day:%d.%m.%Y}"


def at_time(moment: datetime) -> str:
    """The time of day of a moment, to the minute."""
    return f"{moment:%H:%M}"


def at_moment(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M}"


class Words(QObject):
    """Labels of codes and sentences for problems, in the language spoken when it is made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[type[StrEnum], dict[str, str]] = {}
        for labels in (
            self._crossing(),
            self._documents(),
            self._second_line(),
            self._hits(),
            self._verdicts(),
            self._oversight(),
            self._people(),
        ):
            self._labels.update(labels)
        self._problems = self._problem_words()

    def label(self, code: StrEnum | None) -> str:
        """The label of a code; nothing for none."""
        if code is None:
            return ""
        return self._labels[type(code)][code]

    def choices(self, codes: Iterable[K]) -> list[tuple[K, str]]:
        """Codes with their labels, as `Choice` takes them: `choices(Purpose)`."""
        return [(each, self.label(each)) for each in codes]

    def problem(self, problem: Problem) -> str:
        """What is wrong and what to do, in a sentence."""
        last = problem.field.rpartition(".")[2]
        for key in ((last, problem.code), ("", problem.code)):
            if key in self._problems:
                return self._problems[key]
        return self.tr("Correct this field ({0}).").format(problem.code)

    def age(self, hours: int) -> str:
        """How old a list is."""
        if hours < 1:
            return self.tr("less than an hour old")
        if hours < 48:
            return self.tr("%n hour(s) old", "", hours)
        return self.tr("%n day(s) old", "", hours // 24)

    def list_name(self, list_id: str) -> str:
        names = {
            "watchlist": self.tr("Watch-list"),
            "documents": self.tr("Lost documents"),
            "officers": self.tr("Officers"),
            "rules": self.tr("Rules"),
            "templates": self.tr("Templates"),
            "releases": self.tr("Programs"),
        }
        return names.get(list_id, list_id)

    def wipe(self, state: WipeState) -> str:
        """What headquarters' order to wipe this workstation means to who stands before it."""
        return {
            WipeState.WAITS: self.tr(
                "Headquarters has ordered this workstation to be wiped. What was recorded here and"
                " not sent yet goes to headquarters first: one officer signs in once more, then"
                " nobody. Work on at another workstation."
            ),
            WipeState.BEGUN: self.tr(
                "Headquarters has ordered this workstation to be wiped: nobody signs in here any"
                " more. What was recorded is kept for headquarters. Work on at another workstation"
                " and call headquarters."
            ),
            WipeState.DONE: self.tr(
                "This workstation was wiped by order of headquarters: nobody signs in here any"
                " more. What was recorded is kept for headquarters. Work on at another workstation"
                " and call headquarters."
            ),
        }[state]

    def line_problem(self, code: str) -> str:
        """What is wrong with the line, for the status line; `code` is sync's."""
        return self._line_problems().get(code, code)

    def field(self, path: str) -> str:
        """The label of a record's field, by its dotted path (`person.birth_date`)."""
        parts = [each for each in path.split(".") if not each.isdigit()]
        return self._fields().get(parts[-1], path)

    def _crossing(self) -> dict[type[StrEnum], dict[str, str]]:
        return {
            Direction: {
                Direction.ENTRY: self.tr("Entry"),
                Direction.EXIT: self.tr("Exit"),
                Direction.TRANSIT_ENTRY: self.tr("Transit, entry"),
                Direction.TRANSIT_EXIT: self.tr("Transit, exit"),
                Direction.RETURNED_BY_NEIGHBOUR: self.tr("Returned by the neighbour"),
            },
            TransportMode: {
                TransportMode.PEDESTRIAN: self.tr("On foot"),
                TransportMode.ROAD: self.tr("Road"),
                TransportMode.RAIL: self.tr("Rail"),
                TransportMode.AIR: self.tr("Air"),
                TransportMode.INLAND_WATER: self.tr("Inland water"),
            },
            Purpose: {
                Purpose.TOURISM: self.tr("Tourism"),
                Purpose.VISIT: self.tr("Private visit"),
                Purpose.BUSINESS: self.tr("Business"),
                Purpose.WORK: self.tr("Work"),
                Purpose.STUDY: self.tr("Study"),
                Purpose.TRANSIT: self.tr("Transit"),
                Purpose.MEDICAL: self.tr("Medical treatment"),
                Purpose.OFFICIAL: self.tr("Official"),
                Purpose.CREW_DRIVER: self.tr("Crew or driver"),
                Purpose.LOCAL_TRAFFIC: self.tr("Local border traffic"),
                Purpose.RETURN_HOME: self.tr("Return home"),
                Purpose.ASYLUM: self.tr("Asks for protection"),
                Purpose.OTHER: self.tr("Other"),
            },
            EntryBasis: {
                EntryBasis.VISA_FREE: self.tr("Visa-free"),
                EntryBasis.VISA: self.tr("Visa"),
                EntryBasis.E_VISA: self.tr("Electronic visa"),
                EntryBasis.VISA_AT_BORDER: self.tr("Visa at the border"),
                EntryBasis.RES_PERMIT: self.tr("Residence permit"),
                EntryBasis.BILATERAL: self.tr("Bilateral agreement"),
                EntryBasis.DIPLOMATIC: self.tr("Diplomatic"),
                EntryBasis.LOCAL_BORDER: self.tr("Border-area resident"),
                EntryBasis.REFUGEE: self.tr("Refugee"),
                EntryBasis.NATIONAL: self.tr("National"),
            },
            CheckLevel: {
                CheckLevel.MINIMUM: self.tr("Minimum check"),
                CheckLevel.THOROUGH: self.tr("Thorough check"),
                CheckLevel.RELAXED: self.tr("Relaxed check"),
            },
            Decision: {
                Decision.ADMITTED: self.tr("Admitted"),
                Decision.REFERRED: self.tr("Referred"),
                Decision.REFUSED: self.tr("Refused"),
            },
            VehicleType: {
                VehicleType.CAR: self.tr("Car"),
                VehicleType.MINIBUS: self.tr("Minibus"),
                VehicleType.BUS: self.tr("Bus"),
                VehicleType.TRUCK: self.tr("Truck"),
                VehicleType.MOTORCYCLE: self.tr("Motorcycle"),
                VehicleType.TRAIN: self.tr("Train"),
                VehicleType.OTHER: self.tr("Other"),
            },
            RefusalGround: {
                RefusalGround.A: self.tr("A  No valid travel document"),
                RefusalGround.B: self.tr("B  False, counterfeit or forged travel document"),
                RefusalGround.C: self.tr("C  No valid visa or residence permit"),
                RefusalGround.D: self.tr("D  False, counterfeit or forged visa or permit"),
                RefusalGround.E: self.tr("E  Purpose and conditions of stay not shown"),
                RefusalGround.F: self.tr("F  Permitted stay already used up"),
                RefusalGround.G: self.tr("G  Not enough means of subsistence"),
                RefusalGround.H: self.tr("H  An alert for refusing entry"),
                RefusalGround.I: self.tr("I  A threat to public order, security or health"),
                RefusalGround.NATIONAL: self.tr("National ground (write which)"),
            },
            WithdrawalReason: {WithdrawalReason.SLIP: self.tr("Slip of the hand")},
        }

    def _documents(self) -> dict[type[StrEnum], dict[str, str]]:
        return {
            Sex: {
                Sex.FEMALE: self.tr("Female"),
                Sex.MALE: self.tr("Male"),
                Sex.UNSPECIFIED: self.tr("Unspecified"),
            },
            DocumentClass: {
                DocumentClass.PASSPORT: self.tr("Passport"),
                DocumentClass.ID_CARD: self.tr("Identity card"),
                DocumentClass.VISA: self.tr("Visa"),
                DocumentClass.RES_PERMIT: self.tr("Residence permit"),
                DocumentClass.REFUGEE_TD: self.tr("Refugee's travel document"),
                DocumentClass.STATELESS_TD: self.tr("Stateless person's travel document"),
                DocumentClass.DIPLOMATIC: self.tr("Diplomatic passport"),
                DocumentClass.SERVICE: self.tr("Service passport"),
                DocumentClass.ETD: self.tr("Emergency travel document"),
                DocumentClass.LAISSEZ_PASSER: self.tr("Laissez-passer"),
                DocumentClass.SEAFARER: self.tr("Seafarer's identity document"),
                DocumentClass.CREW_CERT: self.tr("Crew member certificate"),
                DocumentClass.RETURN_CERT: self.tr("Return certificate"),
                DocumentClass.BIRTH_CERT: self.tr("Birth certificate"),
                DocumentClass.OTHER: self.tr("Other document"),
            },
            DocumentSource: {
                DocumentSource.READER: self.tr("Document reader"),
                DocumentSource.KEYBOARD: self.tr("MRZ typed"),
                DocumentSource.PASTED: self.tr("MRZ pasted"),
                DocumentSource.BY_HAND: self.tr("Entered by hand"),
                DocumentSource.REGISTER: self.tr("From an earlier register"),
            },
            NoDocumentReason: {
                NoDocumentReason.LOST: self.tr("Lost"),
                NoDocumentReason.STOLEN: self.tr("Stolen"),
                NoDocumentReason.LEFT_BEHIND: self.tr("Left behind"),
                NoDocumentReason.TAKEN_BY_OTHERS: self.tr("Taken away by others"),
                NoDocumentReason.CHILD_IN_PARENTS_DOCUMENT: self.tr(
                    "Child entered in a parent's document"
                ),
                NoDocumentReason.ASKS_PROTECTION: self.tr("Asks for protection"),
                NoDocumentReason.DESTROYED: self.tr("Destroyed"),
                NoDocumentReason.OTHER: self.tr("Other reason"),
            },
            ListState: {
                ListState.FRESH: self.tr("Fresh"),
                ListState.OLD: self.tr("Old"),
                ListState.NOT_CURRENT: self.tr("Not current"),
                ListState.MISSING: self.tr("Missing"),
            },
        }

    def _second_line(self) -> dict[type[StrEnum], dict[str, str]]:
        return {
            ReferralReason: {
                ReferralReason.DOCUMENT_DOUBT: self.tr("Doubt about the document"),
                ReferralReason.IDENTITY_DOUBT: self.tr("Doubt about the identity"),
                ReferralReason.POSSIBLE_HIT: self.tr("Possible hit"),
                ReferralReason.PURPOSE_DOUBT: self.tr("Doubt about the purpose"),
                ReferralReason.STAY_DOUBT: self.tr("Doubt about the stay"),
                ReferralReason.TRAFFICKING_SIGNS: self.tr("Signs of human trafficking"),
                ReferralReason.UNACCOMPANIED_MINOR: self.tr("Unaccompanied minor"),
                ReferralReason.ASKS_PROTECTION: self.tr("Asks for protection"),
                ReferralReason.NO_DOCUMENT: self.tr("No document"),
                ReferralReason.PROPOSED_REFUSAL: self.tr("Refusal proposed"),
                ReferralReason.OTHER: self.tr("Other reason"),
            },
            InterviewType: {
                InterviewType.SECOND_LINE: self.tr("Second line"),
                InterviewType.DOCUMENT_FRAUD: self.tr("Document fraud"),
                InterviewType.TRAFFICKING: self.tr("Human trafficking"),
                InterviewType.ASYLUM_INTENT: self.tr("Wish for protection"),
                InterviewType.WITNESS: self.tr("Witness"),
                InterviewType.SMUGGLING: self.tr("Smuggling of migrants"),
                InterviewType.CUSTOMS: self.tr("Customs"),
                InterviewType.CHILD: self.tr("Protection of a child"),
            },
            Signing: {
                Signing.SIGNED: self.tr("Signed"),
                Signing.REFUSED: self.tr("Refused to sign"),
                Signing.UNABLE: self.tr("Unable to sign"),
            },
            OutcomeDecision: {
                OutcomeDecision.ADMIT: self.tr("Admit"),
                OutcomeDecision.REFUSE: self.tr("Refuse"),
                OutcomeDecision.REFER_POLICE: self.tr("Transfer to the police"),
                OutcomeDecision.REFER_NRM: self.tr("Transfer to victim support"),
                OutcomeDecision.REFER_CHILD_PROTECTION: self.tr("Transfer to child protection"),
                OutcomeDecision.REFER_ASYLUM: self.tr("Transfer to the asylum authority"),
                OutcomeDecision.REFER_MEDICAL: self.tr("Transfer to medical care"),
                OutcomeDecision.REFER_CUSTOMS: self.tr("Transfer to customs"),
            },
            Readers: {
                Readers.SECOND_LINE: self.tr("For second line"),
                Readers.SUPERVISORS: self.tr("For supervisors only"),
                Readers.OTHERS: self.tr("Closed for supervisors: only they can read the text."),
            },
        }

    def _hits(self) -> dict[type[StrEnum], dict[str, str]]:
        return {
            HitShow: {
                HitShow.OPEN: self.tr("Open"),
                HitShow.SECOND_PERSON: self.tr("Second person"),
                HitShow.TO_REPORT: self.tr("To report"),
                HitShow.TO_REVIEW: self.tr("To review"),
                HitShow.POSSIBLE: self.tr("Only possible"),
                HitShow.CLOSED: self.tr("Closed"),
                HitShow.ALL: self.tr("All hits"),
            },
            HitState: {
                HitState.NEW: self.tr("New"),
                HitState.OPENED: self.tr("Being looked at"),
                HitState.PROPOSED: self.tr("Waits for a second person"),
                HitState.CONFIRMED: self.tr("Confirmed"),
                HitState.NOT_SAME: self.tr("Not the same"),
                HitState.INCONCLUSIVE: self.tr("Cannot be said"),
                HitState.ACTION_TAKEN: self.tr("Action taken"),
                HitState.REPORTED: self.tr("Owner told"),
                HitState.CLOSED: self.tr("Closed"),
            },
            HitOrigin: {
                HitOrigin.AT_CHECK: self.tr("Found at the check"),
                HitOrigin.LATE: self.tr("Found later"),
            },
            Likeness: {
                Likeness.SAME: self.tr("same"),
                Likeness.SIMILAR: self.tr("similar"),
                Likeness.DIFFERENT: self.tr("different"),
                Likeness.ONE_SIDED: self.tr("only one side"),
            },
            ActionTaken: {
                ActionTaken.DETAINED: self.tr("Detained"),
                ActionTaken.HANDED_OVER: self.tr("Handed over"),
                ActionTaken.ENTRY_REFUSED: self.tr("Entry refused"),
                ActionTaken.EXIT_REFUSED: self.tr("Exit refused"),
                ActionTaken.OBJECT_SEIZED: self.tr("Object seized"),
                ActionTaken.DOCUMENT_SEIZED: self.tr("Document seized"),
                ActionTaken.PROTECTED: self.tr("Placed under protection"),
                ActionTaken.WHEREABOUTS_NOTED: self.tr("Whereabouts noted"),
                ActionTaken.INFORMATION_COLLECTED: self.tr("Information collected"),
                ActionTaken.INTERVIEWED: self.tr("Interviewed"),
                ActionTaken.SEARCHED: self.tr("Searched"),
                ActionTaken.LET_GO_ON: self.tr("Let go on"),
                ActionTaken.NOT_POSSIBLE: self.tr("Not possible (say why)"),
                ActionTaken.OTHER: self.tr("Something else (say what)"),
            },
            ReportMeans: {
                ReportMeans.PHONE: self.tr("By telephone"),
                ReportMeans.RADIO: self.tr("By radio"),
                ReportMeans.NETWORK: self.tr("By message"),
                ReportMeans.COURIER: self.tr("By courier"),
                ReportMeans.IN_PERSON: self.tr("In person"),
                ReportMeans.OTHER: self.tr("Otherwise (say how)"),
            },
            Information: {
                Information.LOCATED: self.tr("a  The person was located"),
                Information.PLACE_TIME_REASON: self.tr("b  Place, time and reason of the check"),
                Information.ROUTE_DESTINATION: self.tr("c  Route and destination"),
                Information.COMPANIONS: self.tr("d  Companions and occupants"),
                Information.IDENTITY_DESCRIPTION: self.tr("e  Identity shown, description"),
                Information.OBJECTS_USED: self.tr("f  Vehicle or object used"),
                Information.THINGS_CARRIED: self.tr("g  Things and documents carried"),
                Information.CIRCUMSTANCES: self.tr("h  Circumstances"),
                Information.FURTHER: self.tr("i  What else the alert asks for"),
            },
            Collecting: {
                Collecting.COLLECTED: self.tr("Collected"),
                Collecting.NOT_POSSIBLE: self.tr("Not possible"),
                Collecting.NOT_ASKED: self.tr("Not asked"),
            },
            AlertChange: {
                AlertChange.WITHDRAWN: self.tr("The owner has withdrawn the alert"),
                AlertChange.EXPIRED: self.tr("The alert has expired"),
                AlertChange.CHANGED: self.tr("The owner has changed the alert"),
            },
        }

    def _verdicts(self) -> dict[type[StrEnum], dict[str, str]]:
        return {
            HitVerdict: {
                HitVerdict.SAME: self.tr("The same"),
                HitVerdict.NOT_SAME: self.tr("Not the same"),
                HitVerdict.CANNOT_SAY: self.tr("Cannot say"),
            },
            AdjudicationReason: {
                AdjudicationReason.SAME_DOCUMENT: self.tr("Same document"),
                AdjudicationReason.SAME_PERSONAL_NUMBER: self.tr("Same personal number"),
                AdjudicationReason.SAME_NAME_AND_BIRTH: self.tr("Same name and birth"),
                AdjudicationReason.SAME_PHOTO: self.tr("Same face on the photograph"),
                AdjudicationReason.SAME_BIOMETRICS: self.tr("Same fingerprints"),
                AdjudicationReason.SAME_OBJECT: self.tr("Same vehicle or object"),
                AdjudicationReason.OWN_WORDS: self.tr("Says so himself"),
                AdjudicationReason.OWNER_SAID_YES: self.tr("The owner says yes"),
                AdjudicationReason.DIFFERENT_NAME: self.tr("Another name"),
                AdjudicationReason.DIFFERENT_BIRTH: self.tr("Another date of birth"),
                AdjudicationReason.DIFFERENT_SEX: self.tr("Another sex"),
                AdjudicationReason.DIFFERENT_NATIONALITY: self.tr("Another nationality"),
                AdjudicationReason.DIFFERENT_PHOTO: self.tr("Another face on the photograph"),
                AdjudicationReason.DIFFERENT_BIOMETRICS: self.tr("Other fingerprints"),
                AdjudicationReason.DIFFERENT_DOC_HISTORY: self.tr("Other documents in the past"),
                AdjudicationReason.DIFFERENT_OBJECT: self.tr("Another vehicle or object"),
                AdjudicationReason.OWNER_SAID_NO: self.tr("The owner says no"),
                AdjudicationReason.TOO_LITTLE_KNOWN: self.tr("Too little is known"),
                AdjudicationReason.OWNER_NOT_REACHED: self.tr("The owner cannot be reached"),
                AdjudicationReason.TRAVELLER_GONE: self.tr("The traveller has gone on"),
                AdjudicationReason.OTHER: self.tr("Other reason"),
            },
            AloneReason: {
                AloneReason.ALONE_ON_SHIFT: self.tr("Alone on shift"),
                AloneReason.OTHERS_ENGAGED: self.tr("The others are engaged"),
                AloneReason.NOBODY_REACHED: self.tr("Nobody could be reached"),
                AloneReason.DANGER: self.tr("Danger: it could not wait"),
                AloneReason.OTHER: self.tr("Other reason"),
            },
            Opinion: {
                Opinion.AGREES: self.tr("I agree: the same"),
                Opinion.DISAGREES: self.tr("I disagree"),
            },
        }

    def _oversight(self) -> dict[type[StrEnum], dict[str, str]]:
        return {
            AmendReason: {
                AmendReason.TYPING_ERROR: self.tr("Typing error"),
                AmendReason.NEW_INFORMATION: self.tr("New information"),
                AmendReason.WRONG_DOCUMENT: self.tr("Wrong document"),
                AmendReason.AFTER_REVIEW: self.tr("After the supervisor's question"),
                AmendReason.ADDENDUM: self.tr("Addendum"),
                AmendReason.OTHER: self.tr("Other reason"),
            },
            Verdict: {
                Verdict.COUNTERSIGNED: self.tr("Countersigned"),
                Verdict.QUESTIONED: self.tr("Questioned"),
            },
            ConsultReason: {
                ConsultReason.SECOND_LINE: self.tr("Second-line work"),
                ConsultReason.HIT_WORK: self.tr("Work on a hit"),
                ConsultReason.SUPERVISION: self.tr("Supervision"),
                ConsultReason.CORRECTION: self.tr("Correction"),
                ConsultReason.COMPLAINT: self.tr("Complaint"),
                ConsultReason.COURT: self.tr("Court"),
                ConsultReason.DATA_SUBJECT: self.tr("Request of the person concerned"),
                ConsultReason.AUDIT: self.tr("Audit"),
            },
            ConsultAction: {
                ConsultAction.OPENED: self.tr("Opened"),
                ConsultAction.PRINTED: self.tr("Printed"),
                ConsultAction.EXPORTED: self.tr("Exported"),
            },
        }

    def _people(self) -> dict[type[StrEnum], dict[str, str]]:
        return {
            Role: {
                Role.OFFICER: self.tr("Officer, first line"),
                Role.SECOND_LINE: self.tr("Officer, second line"),
                Role.SUPERVISOR: self.tr("Shift supervisor"),
                Role.IT_ADMINISTRATOR: self.tr("IT administrator"),
                Role.AUDITOR: self.tr("Auditor"),
            },
            ClockState: {
                ClockState.TRUSTED: self.tr("Clock right"),
                ClockState.DRIFT: self.tr("Clock drifts"),
                ClockState.UNSYNCED: self.tr("Clock not compared"),
            },
            Show: {
                Show.ALL: self.tr("All checks"),
                Show.STANDING: self.tr("Without those taken back"),
                Show.WITHDRAWN: self.tr("Taken back"),
                Show.AMENDED: self.tr("Corrected"),
                Show.AT_SECOND_LINE: self.tr("At second line"),
                Show.TO_REVIEW: self.tr("Not reviewed"),
                Show.QUESTIONED: self.tr("Questioned"),
            },
            Order: {
                Order.TIME: self.tr("Time"),
                Order.NAME: self.tr("Name"),
                Order.DOCUMENT: self.tr("Document number"),
                Order.DECISION: self.tr("Decision"),
                Order.OFFICER: self.tr("Officer"),
            },
            SessionStep: {
                SessionStep.SIGNED_IN: self.tr("Signed in"),
                SessionStep.LOCKED: self.tr("Locked"),
                SessionStep.SIGNED_OUT: self.tr("Signed out"),
            },
            WorkstationStep: {
                WorkstationStep.STARTED: self.tr("Workstation started"),
                WorkstationStep.LIST_APPLIED: self.tr("List taken into use"),
                WorkstationStep.JOURNAL_BEGUN: self.tr("Records put back; new journal begun"),
                WorkstationStep.ERASED: self.tr("Old records erased"),
                WorkstationStep.KEY_ROTATED: self.tr("Workstation's keys renewed; new journal"),
                WorkstationStep.OFFICER_REMOVED: self.tr("Officer's slot taken away"),
                WorkstationStep.REKEYED: self.tr("Records given a new key"),
            },
        }

    def _fields(self) -> dict[str, str]:
        return {
            "direction": self.tr("Direction"),
            "transport": self.tr("Way of travel"),
            "lane": self.tr("Lane"),
            "post": self.tr("Post"),
            "route": self.tr("Route"),
            "primary_identifier": self.tr("Surname"),
            "secondary_identifier": self.tr("Given names"),
            "patronymic": self.tr("Patronymic"),
            "name_native": self.tr("Name in own script"),
            "birth_date": self.tr("Date of birth"),
            "sex": self.tr("Sex"),
            "nationality": self.tr("Nationality"),
            "national_number": self.tr("Personal number"),
            "national_numbers": self.tr("Personal number"),
            "documents": self.tr("Documents"),
            "document_class": self.tr("Document"),
            "issuing_state": self.tr("Issuing State"),
            "number": self.tr("Document number"),
            "expiry_date": self.tr("Valid until"),
            "source": self.tr("How it was read"),
            "mrz": self.tr("Machine-readable zone"),
            "no_document_reason": self.tr("Why there is no document"),
            "plate": self.tr("Registration plate"),
            "plate_country": self.tr("Plate's country"),
            "vehicle_type": self.tr("Kind of vehicle"),
            "vin": self.tr("Vehicle number (VIN)"),
            "purpose": self.tr("Purpose of journey"),
            "entry_basis": self.tr("Basis of entry"),
            "destination": self.tr("Destination"),
            "companions": self.tr("Travels with"),
            "check_level": self.tr("Level of check"),
            "decision": self.tr("Decision"),
            "grounds": self.tr("Grounds"),
            "national_ground": self.tr("National ground"),
            "remarks": self.tr("Remarks"),
            "register_reference": self.tr("Number in the earlier register"),
            "reason": self.tr("Reason"),
            "note": self.tr("Note"),
            "lists": self.tr("Lists consulted"),
            "name": self.tr("Name"),
            "other_names": self.tr("Other names"),
        }

    def _line_problems(self) -> dict[str, str]:
        return {
            "proxy": self.tr("the proxy does not let us through"),
            "wrong-certificate": self.tr("another certificate than the centre's: tell IT"),
            "not-our-server": self.tr("another server answers: tell IT"),
            "unknown-here": self.tr("the centre does not know this workstation: tell IT"),
            "refused": self.tr("the centre refuses: tell IT"),
            "too-large": self.tr("the centre finds the message too large: tell IT"),
            "server-fault": self.tr("the centre has a fault"),
            "centre-full": self.tr("the centre's disk is full: nothing is lost, it is tried again"),
            "disk-full": self.tr("the disk is full here: tell IT"),
            "fault": self.tr("the line has a fault: tell IT"),
            "not-set-up": self.tr("the line is not set up: tell IT"),
            "list-not-genuine": self.tr("the newest list is not genuine and was not taken"),
            "false-order": self.tr("an order that is not genuine came and was not obeyed: tell IT"),
            "wipe-ordered": self.tr("headquarters has ordered this workstation to be wiped"),
            "forked": self.tr("the centre holds another journal of this workstation: tell IT"),
            "re-enrol": self.tr("this workstation must be enrolled anew: tell IT"),
        }

    def _problem_words(self) -> dict[tuple[str, str], str]:
        return {
            ("", "missing"): self.tr("This is needed."),
            ("officer", "own-slot"): self.tr("Nobody removes himself: ask another supervisor."),
            ("officer", "unknown"): self.tr("Nobody with this number has a slot here."),
            ("", "too-long"): self.tr("Shorten this: it is longer than one record holds."),
            ("", "not-a-date"): self.tr(
                "Write the date as day.month.year, as 05.03.1984, or only what is known."
            ),
            ("primary_identifier", "missing"): self.tr("Write the surname."),
            ("birth_date", "missing"): self.tr("Write the date of birth, or ? if unknown."),
            ("sex", "missing"): self.tr("Choose the sex as in the document."),
            ("nationality", "missing"): self.tr("Write the State's three-letter code."),
            ("issuing_state", "missing"): self.tr("Write the code of the State that issued it."),
            ("number", "missing"): self.tr("Write the document number."),
            ("documents", "missing"): self.tr("Put in a document, or choose why there is none."),
            ("purpose", "missing"): self.tr("Choose the purpose of the journey."),
            ("entry_basis", "missing"): self.tr("Choose the basis of entry."),
            ("destination", "missing"): self.tr("Write where the traveller is going."),
            ("reason", "missing"): self.tr("Choose a reason."),
            ("note", "missing"): self.tr("Write a note."),
            ("grounds", "missing"): self.tr("Choose at least one ground."),
            ("national_ground", "missing"): self.tr("Write which national ground applies."),
            ("decision", "missing"): self.tr("Choose a decision."),
            ("verdict", "missing"): self.tr("Choose whether they are the same."),
            ("verdict", "disputed"): self.tr(
                "Two verdicts contradict each other: look again and say which one stands."
            ),
            ("verdict", "opinion-asked-for"): self.tr(
                "A colleague has said so already: give your opinion on it (F7)."
            ),
            ("reasons", "missing"): self.tr("Choose at least one reason."),
            ("reasons", "not-for-this-verdict"): self.tr("A reason does not fit the verdict."),
            ("reasons", "owner-not-asked"): self.tr(
                "Nobody has asked the owner yet: record the call first (F4)."
            ),
            ("opinion", "missing"): self.tr("Choose whether you agree."),
            ("opinion", "not-asked-for"): self.tr("No second person is asked for here."),
            ("opinion", "second-person"): self.tr(
                "Whoever has judged does not agree with himself: ask a colleague."
            ),
            ("action", "missing"): self.tr("Choose what was done."),
            ("action", "not-confirmed"): self.tr(
                "Say first whether they are the same; then record what was done."
            ),
            ("", "not-a-time"): self.tr("Write the time as 14:05, or as 24.11.2026 14:05."),
            ("", "in-the-future"): self.tr("This time is still to come. Correct it."),
            ("", "before-the-check"): self.tr("This is before the check. Correct the date."),
            ("items", "twice"): self.tr("An item stands there twice."),
            ("means", "missing"): self.tr("Choose how the owner was told."),
            ("reported_to", "missing"): self.tr("Write who was told."),
            ("report", "missing"): self.tr("The owner of the alert is still to be told (F4)."),
            ("collection", "missing"): self.tr("Information is still to be collected (F5)."),
            ("items", "missing"): self.tr("Note at least one item."),
            ("items", "not-asked-for"): self.tr("This alert asks for no information."),
            ("hit", "not-found"): self.tr("This hit is not known here."),
            ("hit", "check-not-here"): self.tr(
                "The check of this hit has not arrived here yet. Try again in a moment."
            ),
            ("hit", "taken-back"): self.tr("The booth has taken this check back."),
            ("hit", "closed"): self.tr("This hit is closed already."),
            ("hit", "own-record"): self.tr("Nobody reviews what he said himself: ask a colleague."),
            ("hit", "nothing-to-review"): self.tr("There is nothing to review here."),
            ("hits", "not-acknowledged"): self.tr(
                "Read the strong match first, then press F11, then decide."
            ),
            ("language", "missing"): self.tr("Write the language of the interview."),
            ("exchanges", "missing"): self.tr("Write at least one question."),
            ("question", "missing"): self.tr("Write the question to this answer."),
            ("signing", "missing"): self.tr("Choose whether the person signed."),
            ("signing_note", "missing"): self.tr("Write why the person did not sign."),
            ("changes", "missing"): self.tr("Change at least one field."),
            ("last_check", "too-late"): self.tr(
                "The last check can no longer be taken back; correct it in the log."
            ),
            ("last_check", "nothing"): self.tr("There is no check to take back."),
            ("last_check", "already-decided"): self.tr(
                "Second line has already decided on the last check."
            ),
            ("decision", "already-decided"): self.tr("This referral is already decided."),
            ("decision", "second-person"): self.tr(
                "Who proposed the refusal does not approve it: ask a colleague."
            ),
            ("interview", "not-closed"): self.tr("Close and sign the notes first."),
            ("interview", "not-found"): self.tr("This interview is not known here."),
            ("referral", "not-found"): self.tr("This referral is not known here."),
            ("record", "not-found"): self.tr("This record is not known here."),
            ("record", "not-yours"): self.tr(
                "Only its author in the same shift, or a supervisor, corrects this record."
            ),
            ("record", "own-record"): self.tr("Nobody reviews his own records: ask a colleague."),
            ("record", "changed-meanwhile"): self.tr(
                "Something was added meanwhile. It is shown now; look again."
            ),
            ("", "changed-meanwhile"): self.tr("This was corrected meanwhile. Look again."),
            ("", "unchanged"): self.tr("It reads so already."),
            ("", "not-a-value"): self.tr("This does not fit the field."),
            ("", "not-amendable"): self.tr("This field is not corrected."),
            ("", "not-a-code"): self.tr("Write the State's three-letter code."),
            ("passphrase", "missing"): self.tr("Type the pass-phrase."),
            ("passphrase", "too-short"): self.tr(
                "Take at least twelve characters: four words are good."
            ),
            ("passphrase", "too-plain"): self.tr(
                "Take more different characters: four words are good."
            ),
            ("again", "differs"): self.tr("The two pass-phrases are not the same."),
            ("service_number", "missing"): self.tr("Write the service number."),
            ("service_number", "taken"): self.tr("This number is already in the list."),
            ("provisioning", "missing"): self.tr("Write where the provisioning file lies."),
            ("provisioning", "not-found"): self.tr("There is no such file."),
        }


def main(arguments: list[str]) -> int:
    """Bring the translations up to date; with --check say which are not, and change nothing."""
    wanted = [resource("translations", f"{language}.ts") for language in LANGUAGES]
    if "--check" in arguments:
        late = [each.name for each in wanted if not is_current(each)]
        for name in late:
            print(f"{name} is not current or not finished: python -m ui.words, then translate")
        return 1 if late else 0
    for file in wanted:
        collect(file)
        release(file)
    return 0


def collect(file: Path) -> None:
    """Take every string of the screens into a .ts file; what is no longer said goes."""
    sources = sorted(str(each) for each in Path(__file__).parent.glob("*.py"))
    language = file.stem
    _run("lupdate", *_COLLECTING, "-target-language", language, *sources, "-ts", str(file))


def release(file: Path) -> None:
    """Make the .qm file, which the program reads, from a .ts file."""
    _run("lrelease", "-silent", str(file), "-qm", str(file.with_suffix(".qm")))


def is_current(file: Path) -> bool:
    """Whether a .ts file has exactly today's strings, all translated, and its .qm is made of it."""
    if not file.exists() or "unfinished" in file.read_text(encoding="utf-8"):
        return False
    with TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        copy.write_bytes(file.read_bytes())
        collect(copy)
        release(copy)
        made = copy.with_suffix(".qm").read_bytes()
        return copy.read_bytes() == file.read_bytes() and (
            made == file.with_suffix(".qm").read_bytes()
        )


_COLLECTING = (
    "-silent",
    "-no-obsolete",
    "-locations",
    "none",
    "-source-language",
    "en",
)


def _run(tool: str, *arguments: str) -> None:
    command = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([command, *arguments], check=True)  # noqa: S603  our own arguments


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
