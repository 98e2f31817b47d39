"""Lists of values that several modules choose from, each declared once."""

from __future__ import annotations

from db.declare import Choice


class AbsenceUnit(Choice):
    """What leave is counted in."""

    DAYS = "days", "Jours", "Days"
    HOURS = "hours", "Heures", "Hours"


class ContractType(Choice):
    """Kinds of employment contract."""

    PERMANENT = "permanent", "CDI", "Permanent"
    FIXED_TERM = "fixed_term", "CDD", "Fixed-term"
    TEMPORARY = "temporary", "Intérim", "Temporary agency"
    APPRENTICESHIP = "apprenticeship", "Apprentissage", "Apprenticeship"
    PROFESSIONAL_TRAINING = "professional_training", "Professionnalisation", "Professional training"
    INTERNSHIP = "internship", "Convention de stage", "Internship"
    SEASONAL = "seasonal", "Saisonnier", "Seasonal"
    ON_SITE_PROJECT = "on_site_project", "CDI de chantier", "Project-based permanent"


class Industry(Choice):
    """Sectors of activity."""

    AGRICULTURE = "agriculture", "Agriculture", "Agriculture"
    MANUFACTURING = "manufacturing", "Industrie", "Manufacturing"
    CONSTRUCTION = "construction", "Bâtiment et travaux publics", "Construction"
    RETAIL = "retail", "Commerce", "Retail and wholesale"
    TRANSPORT = "transport", "Transport et logistique", "Transport and logistics"
    HOSPITALITY = "hospitality", "Hôtellerie et restauration", "Hospitality"
    TECHNOLOGY = "technology", "Informatique et télécoms", "Technology and telecoms"
    FINANCE = "finance", "Banque et assurance", "Banking and insurance"
    REAL_ESTATE = "real_estate", "Immobilier", "Real estate"
    BUSINESS_SERVICES = "business_services", "Services aux entreprises", "Business services"
    HEALTH = "health", "Santé et social", "Health and social care"
    EDUCATION = "education", "Enseignement", "Education"
    PUBLIC_SECTOR = "public_sector", "Secteur public", "Public sector"
    NONPROFIT = "nonprofit", "Association", "Non-profit"
    OTHER = "other", "Autre", "Other"


class InvoicingStatus(Choice):
    """How much of an order has been invoiced."""

    NOT_INVOICED = "not_invoiced", "Non facturé", "Not invoiced"
    PARTIALLY_INVOICED = "partially_invoiced", "Partiellement facturé", "Partially invoiced"
    INVOICED = "invoiced", "Facturé", "Invoiced"


class LeadSource(Choice):
    """How a prospect or a deal was met."""

    WEBSITE = "website", "Site web", "Website"
    PHONE_CALL = "phone_call", "Appel entrant", "Inbound call"
    COLD_CALL = "cold_call", "Prospection", "Cold call"
    REFERRAL = "referral", "Recommandation", "Referral"
    CAMPAIGN = "campaign", "Campagne", "Campaign"
    TRADE_SHOW = "trade_show", "Salon", "Trade show"
    PARTNER = "partner", "Partenaire", "Partner"
    FORM = "form", "Formulaire", "Form"
    OTHER = "other", "Autre", "Other"


class PaymentMethod(Choice):
    """How money moves."""

    BANK_TRANSFER = "bank_transfer", "Virement", "Bank transfer"
    DIRECT_DEBIT = "direct_debit", "Prélèvement", "Direct debit"
    CARD = "card", "Carte bancaire", "Card"
    CHEQUE = "cheque", "Chèque", "Cheque"
    CASH = "cash", "Espèces", "Cash"
    BILL_OF_EXCHANGE = "bill_of_exchange", "Lettre de change", "Bill of exchange"
    OTHER = "other", "Autre", "Other"


class PaymentTerms(Choice):
    """When a document falls due after it is issued."""

    IMMEDIATE = "immediate", "Comptant", "Immediate"
    NET_15 = "net_15", "15 jours nets", "Net 15 days"
    NET_30 = "net_30", "30 jours nets", "Net 30 days"
    NET_30_EOM = "net_30_eom", "30 jours fin de mois", "Net 30 days end of month"
    NET_45 = "net_45", "45 jours nets", "Net 45 days"
    NET_45_EOM = "net_45_eom", "45 jours fin de mois", "Net 45 days end of month"
    NET_60 = "net_60", "60 jours nets", "Net 60 days"


class Priority(Choice):
    """How pressing a piece of work is."""

    LOW = "low", "Basse", "Low"
    NORMAL = "normal", "Normale", "Normal"
    HIGH = "high", "Haute", "High"
    URGENT = "urgent", "Urgente", "Urgent"


class ProfessionalStatus(Choice):
    """The professional categories of French labour law."""

    WORKER = "worker", "Ouvrier", "Worker"
    EMPLOYEE = "employee", "Employé", "Employee"
    TECHNICIAN = "technician", "Technicien ou agent de maîtrise", "Technician or supervisor"
    EXECUTIVE = "executive", "Cadre", "Executive"


class SepaScheme(Choice):
    """The two SEPA direct debit rulebooks."""

    CORE = "core", "SEPA Core", "SEPA Core"
    B2B = "b2b", "SEPA B2B", "SEPA B2B"


class SkillLevel(Choice):
    """How well someone masters an activity."""

    NONE = "none", "Non formé", "Untrained"
    LEARNING = "learning", "En formation", "Learning"
    SUPERVISED = "supervised", "Sous supervision", "Supervised"
    AUTONOMOUS = "autonomous", "Autonome", "Autonomous"
    TRAINER = "trainer", "Formateur", "Trainer"


class VatReturnForm(Choice):
    """The French VAT return forms."""

    CA3 = "ca3", "CA3", "CA3 (periodic return)"
    CA12 = "ca12", "CA12", "CA12 (yearly return)"
