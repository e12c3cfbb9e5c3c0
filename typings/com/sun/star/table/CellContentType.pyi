EMPTY: object
FORMULA: object
TEXT: object
