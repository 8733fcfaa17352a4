{
  "event": "winback.remote_teaching",
  "journey": "win-back",
  "customer": "${customer.ref}",
  "topic": "app_operation",
  "prohibited": ["product_promotion", "return_promise"]
}
