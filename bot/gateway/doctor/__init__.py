"""`python -m bot.gateway doctor`: looks at how the gateway is set up, and says what is wrong and what to do."""
