"""The document chain: one record becomes another, wholly or in parts, and tells what is left.

Facts in table.py; `convert` (converting.py) and `convert_prospect` (prospects.py) are the actions;
following.py keeps what is counted of a document's lines true, whoever writes the others.
"""
