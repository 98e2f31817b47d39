"""Every module of the suite, in the order of its menu."""

from __future__ import annotations

from typing import Final

from db.modules.catalogue.item_family import ItemFamily
from db.modules.catalogue.product import Product
from db.modules.catalogue.service import Service
from db.modules.catalogue.unit_of_measure import UnitOfMeasure
from db.modules.finance.accounting_entry import AccountingEntry
from db.modules.finance.accounting_strategy import AccountingStrategy
from db.modules.finance.bank_account import BankAccount
from db.modules.finance.bank_reconciliation import BankReconciliation
from db.modules.finance.bank_statement import BankStatement
from db.modules.finance.bank_transaction import BankTransaction
from db.modules.finance.direct_debit import DirectDebit
from db.modules.finance.fiscal_year import FiscalYear
from db.modules.finance.journal import Journal
from db.modules.finance.ledger_account import LedgerAccount
from db.modules.finance.manual_entry import ManualEntry
from db.modules.finance.sepa_mandate import SepaMandate
from db.modules.finance.tax_rate import TaxRate
from db.modules.finance.third_party_bank_account import ThirdPartyBankAccount
from db.modules.finance.vat_return import VatReturn
from db.modules.finance.vat_return_box import VatReturnBox
from db.modules.hr.absence_type import AbsenceType
from db.modules.hr.activity_type import ActivityType
from db.modules.hr.department import Department
from db.modules.hr.department_assignment import DepartmentAssignment
from db.modules.hr.employment_contract import EmploymentContract
from db.modules.hr.employment_contract_template import EmploymentContractTemplate
from db.modules.hr.expense_line import ExpenseLine
from db.modules.hr.expense_report import ExpenseReport
from db.modules.hr.leave_allocation import LeaveAllocation
from db.modules.hr.leave_request import LeaveRequest
from db.modules.hr.person import Person
from db.modules.hr.skill_assessment import SkillAssessment
from db.modules.hr.skills_matrix import SkillsMatrix
from db.modules.hr.timesheet import Timesheet
from db.modules.hr.training import Training
from db.modules.hr.workplace import Workplace
from db.modules.line_item import LineItem
from db.modules.maintenance.equipment import Equipment
from db.modules.maintenance.facility import Facility
from db.modules.maintenance.maintenance_operation import MaintenanceOperation
from db.modules.maintenance.maintenance_plan import MaintenancePlan
from db.modules.maintenance.maintenance_site import MaintenanceSite
from db.modules.marketing.campaign import Campaign
from db.modules.marketing.deal import Deal
from db.modules.marketing.mailing import Mailing
from db.modules.marketing.prospect import Prospect
from db.modules.point_of_sale.cash_movement import CashMovement
from db.modules.point_of_sale.cash_register import CashRegister
from db.modules.point_of_sale.cash_session import CashSession
from db.modules.point_of_sale.ecommerce_shop import EcommerceShop
from db.modules.point_of_sale.store import Store
from db.modules.projects.project import Project
from db.modules.projects.project_milestone import ProjectMilestone
from db.modules.projects.project_participation import ProjectParticipation
from db.modules.projects.project_task import ProjectTask
from db.modules.purchasing.purchase_order import PurchaseOrder
from db.modules.purchasing.supplier import Supplier
from db.modules.purchasing.supplier_credit_note import SupplierCreditNote
from db.modules.purchasing.supplier_invoice import SupplierInvoice
from db.modules.purchasing.supplier_payment import SupplierPayment
from db.modules.purchasing.supplier_payment_allocation import SupplierPaymentAllocation
from db.modules.sales.contact import Contact
from db.modules.sales.customer_account import CustomerAccount
from db.modules.sales.customer_credit_note import CustomerCreditNote
from db.modules.sales.customer_invoice import CustomerInvoice
from db.modules.sales.customer_payment import CustomerPayment
from db.modules.sales.customer_payment_allocation import CustomerPaymentAllocation
from db.modules.sales.item_consumption import ItemConsumption
from db.modules.sales.price_list import PriceList
from db.modules.sales.price_list_item import PriceListItem
from db.modules.sales.quote import Quote
from db.modules.sales.sales_order import SalesOrder
from db.modules.stock.delivery_method import DeliveryMethod
from db.modules.stock.delivery_note import DeliveryNote
from db.modules.stock.goods_receipt import GoodsReceipt
from db.modules.stock.stock_movement import StockMovement
from db.modules.stock.stock_transfer_request import StockTransferRequest
from db.modules.stock.storage_location import StorageLocation
from db.modules.stock.storage_site import StorageSite
from db.modules.support.customer_equipment import CustomerEquipment
from db.modules.support.customer_instance import CustomerInstance
from db.modules.support.faq import Faq
from db.modules.support.service_contract import ServiceContract
from db.modules.support.ticket import Ticket
from db.modules.support.warranty import Warranty
from db.record import Part, Record

MODULES: Final[tuple[type[Record], ...]] = (
    CustomerAccount,
    Contact,
    Quote,
    SalesOrder,
    CustomerInvoice,
    CustomerCreditNote,
    CustomerPayment,
    CustomerPaymentAllocation,
    PriceList,
    PriceListItem,
    ItemConsumption,
    Prospect,
    Deal,
    Campaign,
    Mailing,
    Product,
    Service,
    ItemFamily,
    UnitOfMeasure,
    Supplier,
    PurchaseOrder,
    SupplierInvoice,
    SupplierPayment,
    SupplierCreditNote,
    SupplierPaymentAllocation,
    LedgerAccount,
    Journal,
    FiscalYear,
    TaxRate,
    AccountingStrategy,
    AccountingEntry,
    ManualEntry,
    BankAccount,
    ThirdPartyBankAccount,
    SepaMandate,
    DirectDebit,
    BankStatement,
    BankTransaction,
    BankReconciliation,
    VatReturn,
    VatReturnBox,
    DeliveryMethod,
    StorageSite,
    StorageLocation,
    GoodsReceipt,
    StockTransferRequest,
    DeliveryNote,
    StockMovement,
    Project,
    ProjectMilestone,
    ProjectTask,
    ProjectParticipation,
    Person,
    EmploymentContractTemplate,
    EmploymentContract,
    Workplace,
    Department,
    DepartmentAssignment,
    ActivityType,
    SkillsMatrix,
    SkillAssessment,
    Training,
    Timesheet,
    ExpenseReport,
    ExpenseLine,
    AbsenceType,
    LeaveRequest,
    LeaveAllocation,
    Ticket,
    Faq,
    ServiceContract,
    Warranty,
    CustomerInstance,
    CustomerEquipment,
    MaintenanceSite,
    Facility,
    Equipment,
    MaintenancePlan,
    MaintenanceOperation,
    Store,
    EcommerceShop,
    CashRegister,
    CashSession,
    CashMovement,
)

PARTS: Final[tuple[type[Part], ...]] = (LineItem,)
