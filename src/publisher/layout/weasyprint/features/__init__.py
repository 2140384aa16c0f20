"""What WeasyPrint does not offer: margin notes, line numbers, divided notes, a baseline grid."""

from publisher.layout.weasyprint import engine as engine
