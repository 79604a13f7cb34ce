"""The playground page: the messenger in the browser, with several people side by side and the real bot behind them."""
