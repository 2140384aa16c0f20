"""The commands of `publisher export`: one file for each subject."""
