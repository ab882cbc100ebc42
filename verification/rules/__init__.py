"""Rules as data: CertLogic, the business rules of the EU scheme, value sets, holders compared."""
