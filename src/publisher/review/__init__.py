"""An edition as a Word document for its reviewers, and what they changed and remarked brought back."""
