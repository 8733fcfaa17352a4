{
  "event": "margin.lead",
  "journey": "margin-opening",
  "customer": "${customer.ref}",
  "strategy": "education_first",
  "materials": ["margin-education-email", "margin-conditions-sms"],
  "prohibited": ["stock_picking", "return_promise", "raise_risk_score"]
}
